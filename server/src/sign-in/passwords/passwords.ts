/**
 * Passwords: hashing (scrypt, RFC 7914) and comparing. A computation takes a good part of a second and 128 MiB, so only a few run
 * simultaneously and a few wait.
 */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { DaybookError } from "daybook/internal";

export interface Passwords {
  /** The stored text: `$scrypt$ln=17,r=8,p=1$<salt>$<hash>`, unpadded base64. Throws `overloaded`. */
  hash(password: string): Promise<string>;
  /** Always computes a hash, so that the time doesn't reveal whether there is a password. Throws `overloaded`. */
  verify(password: string, kept: string | null | undefined): Promise<boolean>;
  /** Whether its parameters differ from those of a new one. */
  isOutdated(kept: string): boolean;
}

/** N is 2 to the power of `ln`. */
interface ScryptParameters {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

interface KeptPassword extends ScryptParameters {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** `ln` of a new password, as recommended by OWASP for r=8, p=1. */
const usualLn = 17;
const saltBytes = 16;
const hashBytes = 32;
/** Simultaneous computations: libuv has four threads, and files and DNS need some. */
const mostAtOnce = 2;
/** The number that can wait: a few seconds of work. */
const mostWaiting = 32;

const keptForm =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43,86})$/;

/** A lower `ln` is for tests only. */
export function openPasswords({ ln = usualLn }: { readonly ln?: number } = {}): Passwords {
  const parameters: ScryptParameters = { ln, r: 8, p: 1 };
  const inTurn = turns();
  const compute = (password: string, kept: Omit<KeptPassword, "hash">, length: number): Promise<Buffer> =>
    inTurn(() => derive(password, kept, length));
  /** Compared if there is no password: the hash of an unknown text. */
  const nobodys: KeptPassword = { ...parameters, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) };
  return {
    async hash(password) {
      const salt = randomBytes(saltBytes);
      return write({
        ...parameters,
        salt,
        hash: await compute(password, { ...parameters, salt }, hashBytes),
      });
    },
    async verify(password, kept) {
      const known = kept === null || kept === undefined ? undefined : read(kept);
      const { hash, ...rest } = known ?? nobodys;
      const computed = await compute(password, rest, hash.length);
      return timingSafeEqual(computed, hash) && known !== undefined;
    },
    isOutdated(kept) {
      const known = read(kept);
      return known.ln !== ln || known.r !== parameters.r || known.p !== parameters.p;
    },
  };
}

/** The same password however it was typed: composed and compatible characters are equal (NFKC). */
const derive = (
  password: string,
  { ln, r, p, salt }: Omit<KeptPassword, "hash">,
  length: number,
): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const N = 2 ** ln;
    const options = { N, r, p, maxmem: 2 * 128 * N * r * p };
    scrypt(password.normalize("NFKC"), salt, length, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });

const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");

const write = ({ ln, r, p, salt, hash }: KeptPassword): string =>
  `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;

function read(kept: string): KeptPassword {
  const [, ln, r, p, salt = "", hash = ""] = keptForm.exec(kept) ?? [];
  if (ln === undefined)
    throw new DaybookError("internal", { detail: "A password is stored in an unknown form." });
  return {
    ln: Number(ln),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(hash, "base64"),
  };
}

/** Runs a few computations simultaneously; refuses what would wait too long. */
function turns(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < mostAtOnce) running++;
    else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
    else throw tooMany();
    try {
      return await work();
    } finally {
      // the place goes directly to a waiting one, so that new ones can't overtake
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}

const tooMany = (): DaybookError =>
  new DaybookError("overloaded", {
    detail: "Too many people are signing in right now.",
    remedy: "Wait for the time in Retry-After, then try again.",
    retryAfter: 5,
  });
