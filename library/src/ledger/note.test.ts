/** Signed notes, verifier keys and checkpoints: the examples of C2SP, and hostile ones by name. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Checkpoint,
  emptyFrontier,
  isKeyName,
  keyPairOf,
  newKeyPair,
  openCheckpoint,
  openNote,
  parseVkey,
  rootOf,
  sha256,
  signCheckpoint,
  signNote,
  toBase64,
  toHex,
  verifierKey,
  vkey,
} from "./index.ts";

const refused = expect.objectContaining({ code: "proof-invalid" });

/** The example of c2sp.org/signed-note. */
const example = {
  vkey: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
  note: "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
};

const origin = "log.example.org/o/aaaqeayeaudaocajbifqydiob4";
const seed = new Uint8Array(32).fill(42);
const { publicKey } = keyPairOf(seed);
const key = { ...verifierKey(origin, publicKey), privateKey: seed };
const stranger = { ...verifierKey("stranger.example", newKeyPair().publicKey), privateKey: seed };

describe("a key pair", () => {
  test("is that of RFC 8032 section 7.1, test 1", () => {
    const secret = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");
    expect(toHex(keyPairOf(secret).publicKey)).toBe(
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    );
  });

  test("is made anew each time, and of nothing but 32 bytes", () => {
    expect(toHex(newKeyPair().privateKey)).not.toBe(toHex(newKeyPair().privateKey));
    expect(() => keyPairOf(new Uint8Array(31))).toThrow(RangeError);
    expect(() => keyPairOf(new Uint8Array(64))).toThrow(RangeError);
  });
});

describe("a vkey", () => {
  test("of C2SP's example is read and written again", () => {
    const read = parseVkey(example.vkey);
    expect(read.name).toBe("example.com/foo");
    expect(toHex(read.keyId)).toBe("530d903a");
    expect(vkey(read.name, read.publicKey)).toBe(example.vkey);
  });

  const good = vkey(origin, publicKey);
  const typed = (type: number, length = 32): string => {
    const material = Uint8Array.from([type, ...new Uint8Array(length)]);
    const id = toHex(sha256(Uint8Array.from([...Buffer.from("a\n"), ...material])).slice(0, 4));
    return `a+${id}+${toBase64(material)}`;
  };

  test.each([
    ["nothing", ""],
    ["a name alone", origin],
    ["no name", good.slice(good.indexOf("+"))],
    ["a name with a space", `a ${good}`],
    ["a newline at its end", `${good}\n`],
    ["another key id", good.replace("+40dcd692+", "+40dcd693+")],
    ["a key id in capitals", good.replace("+40dcd692+", "+40DCD692+")],
    ["another name's key id", good.replace("log.", "lag.")],
    ["a cosignature key (0x04)", typed(4)],
    ["a key of 31 bytes", typed(1, 31)],
    ["a key of 33 bytes", typed(1, 33)],
    ["base64url", good.replace("/", "_")],
    ["no key", "a+00000000+"],
  ])("is not %s", (_, text) => {
    expect(() => parseVkey(text)).toThrow(refused);
  });

  test("is made of no name with a space or plus, and of no key but 32 bytes", () => {
    expect(() => vkey("a b", publicKey)).toThrow(RangeError);
    expect(() => vkey("a+b", publicKey)).toThrow(RangeError);
    expect(() => vkey("a", publicKey.slice(1))).toThrow(RangeError);
    for (const name of ["", "a\u00a0b", "a\u2003", "a\n", "a\u0000", "\ud800"])
      expect(isKeyName(name)).toBe(false);
    expect(isKeyName("Größe/😀")).toBe(true);
  });
});

describe("a note", () => {
  test("of C2SP's example is opened", () => {
    const { text, signers } = openNote(example.note, [parseVkey(example.vkey)]);
    expect(text).toBe("This is an example message.\n");
    expect(signers.map(({ name }) => name)).toEqual(["example.com/foo"]);
  });

  test("that was signed is opened as the same text", () => {
    const lines = fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, (parts) => {
        const text = `${parts.join("\n")}\n`;
        fc.pre(!/[\0-\x09\x0b-\x1f]|\p{Cs}/u.test(text));
        expect(openNote(signNote(text, key), [key]).text).toBe(text);
      }),
    );
  });

  const text = "a text\n\nin two parts\n";
  const note = signNote(text, key);
  const [, line] = note.slice(text.length).split("\n") as [string, string];
  const line2 = signNote(text, { ...verifierKey("second.example", publicKey), privateKey: seed }).slice(
    text.length + 1,
  );

  test("keeps signatures by others, which are ignored", () => {
    expect(openNote(line2.length > 0 ? note + line2 : note, [key]).text).toBe(text);
    expect(openNote(`${text}\n${line2}${line}\n`, [key]).signers).toEqual([key]);
    const witness = `— ${origin} ${toBase64(Uint8Array.from([1, 2, 3, 4, 5]))}\n`;
    expect(openNote(note + witness, [key]).signers).toEqual([key]);
  });

  test("signed twice by a key names it once; by two keys, both", () => {
    expect(openNote(`${note}${line}\n`, [key]).signers).toEqual([key]);
    const second = verifierKey("second.example", publicKey);
    expect(openNote(note + line2, [second, key]).signers).toEqual([key, second]);
  });

  const bad = (at: number): string => {
    const bytes = Buffer.from(line.split(" ")[2] as string, "base64");
    bytes[at]! ^= 1;
    return bytes.toString("base64");
  };
  const encoded = line.split(" ")[2] as string;

  test.each([
    ["nothing", ""],
    ["a text without signatures", text],
    ["no empty line", `a text\n${line}\n`],
    ["no newline at its end", note.slice(0, -1)],
    ["a changed text", note.replace("two", "2")],
    ["a text cut at its first empty line", `a text\n\n${line}\n`],
    ["an empty line more", `${text}\n\n${line}\n`],
    ["an empty line after the signatures", `${note}\n`],
    ["a signature with another bit", note.replace(encoded, bad(20))],
    ["a signature under another key id, so by nobody known", note.replace(encoded, bad(0))],
    ["a good signature and a bad one by the same key", `${note}— ${origin} ${bad(20)}\n`],
    ["a hyphen for the dash", note.replace("—", "-")],
    ["two spaces", note.replace(` ${encoded}`, `  ${encoded}`)],
    ["a space at the end of a line", note.replace(encoded, `${encoded} `)],
    ["a carriage return", note.replaceAll("\n", "\r\n")],
    ["a tab in its text", signed("a\tb\n")],
    ["base64url in a signature", note.replace(encoded, Buffer.from(encoded, "base64").toString("base64url"))],
    ["a malformed signature by someone else", `${note}— other.example !!!!\n`],
    ["a signature of a key id alone", `${note}— other.example AAAAAA==\n`],
    ["only a stranger's signature", signNote(text, stranger)],
    ["a thousand signatures", note + line2.repeat(1000)],
    ["two million characters", signNote(`${"a".repeat(2_000_000)}\n`, key)],
  ])("is refused: %s", (_, hostile) => {
    expect(() => openNote(hostile, [key])).toThrow(refused);
  });

  test("is not signed where it couldn't be opened", () => {
    for (const unfit of ["", "no newline", "a\tb\n", "a\r\n", "\ud800\n"]) {
      expect(() => signNote(unfit, key)).toThrow(refused);
    }
  });

  test("without keys is refused", () => {
    expect(() => openNote(note, [])).toThrow(refused);
  });
});

/** A note over a text that `signNote` would refuse: signed in its place over another, then swapped. */
function signed(text: string): string {
  return signNote("a b\n", key).replace("a b\n", text);
}

describe("a checkpoint", () => {
  const root = rootOf(emptyFrontier, 0n);
  const vkeys = [vkey(origin, publicKey)];
  const withText = (text: string): string => signNote(text, key);
  const rootText = toBase64(root);

  test("is opened as it was signed, at every size", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 2n ** 53n - 1n),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (size, hash) => {
          const state: Checkpoint = { origin, size, root: hash };
          expect(openCheckpoint(signCheckpoint(state, seed), vkeys)).toMatchObject(state);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("may have extension lines, which Daybook doesn't write", () => {
    const { extensions } = openCheckpoint(withText(`${origin}\n0\n${rootText}\none\ntwo\n`), vkeys);
    expect(extensions).toEqual(["one", "two"]);
  });

  test.each([
    ["an origin alone", `${origin}\n`],
    ["no root", `${origin}\n0\n`],
    ["another origin than the key's name", `x${origin}\n0\n${rootText}\n`],
    ["a size with a leading zero", `${origin}\n01\n${rootText}\n`],
    ["a negative size", `${origin}\n-1\n${rootText}\n`],
    ["a size with an exponent", `${origin}\n1e3\n${rootText}\n`],
    ["a size of 2^53", `${origin}\n9007199254740992\n${rootText}\n`],
    ["a size of a million digits", `${origin}\n${"9".repeat(900_000)}\n${rootText}\n`],
    ["no size", `${origin}\n\n${rootText}\n`],
    ["a root of 31 bytes", `${origin}\n0\n${toBase64(root.slice(1))}\n`],
    ["a root without padding", `${origin}\n0\n${rootText.slice(0, -1)}\n`],
    ["a root in base64url", `${origin}\n0\n${rootText.replaceAll("/", "_").replaceAll("+", "-")}\n`],
    ["an empty line after the root", `${origin}\n0\n${rootText}\n\nmore\n`],
  ])("is refused though rightly signed: %s", (_, text) => {
    expect(() => openCheckpoint(withText(text), vkeys)).toThrow(refused);
  });

  test("is refused with another key, with another log's, and with a key that can't be read", () => {
    const checkpoint = signCheckpoint({ origin, size: 0n, root }, seed);
    expect(() => openCheckpoint(checkpoint, [vkey(origin, newKeyPair().publicKey)])).toThrow(refused);
    expect(() => openCheckpoint(checkpoint, [vkey(`x${origin}`, publicKey)])).toThrow(refused);
    expect(() => openCheckpoint(checkpoint, [...vkeys, "nonsense"])).toThrow(refused);
    expect(() => openCheckpoint(checkpoint, [])).toThrow(refused);
  });

  test("is not made of a root that isn't 32 bytes, or of a negative size", () => {
    expect(() => signCheckpoint({ origin, size: 0n, root: root.slice(1) }, seed)).toThrow(refused);
    expect(() => signCheckpoint({ origin, size: -1n, root }, seed)).toThrow(refused);
  });
});
