/**
 * SHA-256 (FIPS 180-4) of short texts, for code that must also run in browsers and synchronously. The log's own hashes
 * come from `ledger/crypto.ts`.
 */
const constants = new Uint32Array(64);
const start = new Uint32Array(8);

/** The first 32 bits of the fractional part of a root. */
const fraction = (root: number): number => ((root % 1) * 2 ** 32) >>> 0;

for (let n = 2, found = 0; found < 64; n++) {
  let isPrime = true;
  for (let i = 2; i * i <= n; i++) if (n % i === 0) isPrime = false;
  if (!isPrime) continue;
  if (found < 8) start[found] = fraction(n ** (1 / 2));
  constants[found++] = fraction(n ** (1 / 3));
}

const turn = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** SHA-256 of the UTF-8 bytes of a text, in lower-case hex. */
export function sha256Hex(text: string): string {
  const state = Uint32Array.from(start);
  const padded = pad(new TextEncoder().encode(text));
  const words = new Uint32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = padded.getUint32(at + i * 4);
    for (let i = 16; i < 64; i++) words[i] = extended(words, i);
    mix(state, words);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

/** The bytes, 0x80, zeros, and the number of bits: a multiple of 64 bytes. */
function pad(bytes: Uint8Array): DataView {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  return view;
}

function extended(words: Uint32Array, i: number): number {
  const a = words[i - 15]!;
  const b = words[i - 2]!;
  const first = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
  const second = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
  return words[i - 16]! + first + words[i - 7]! + second;
}

/** One block into the state. */
function mix(state: Uint32Array, words: Uint32Array): void {
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const upper = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (h + upper + ((e & f) ^ (~e & g)) + constants[i]! + words[i]!) | 0;
    const lower = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (lower + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  for (const [i, word] of [a, b, c, d, e, f, g, h].entries()) state[i] = state[i]! + word;
}
