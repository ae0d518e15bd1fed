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
  signCheckpoint,
  signNote,
  toBase64,
  toHex,
  verifierKey,
  vkey,
} from "./index.ts";
import { hostile } from "./testing/vectors.ts";

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

  test.each(hostile.vkeys)("is not $name", ({ text }) => {
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
    expect(openNote(note + line2, [key]).text).toBe(text);
    expect(openNote(`${text}\n${line2}${line}\n`, [key]).signers).toEqual([key]);
    const witness = `— ${origin} ${toBase64(Uint8Array.from([1, 2, 3, 4, 5]))}\n`;
    expect(openNote(note + witness, [key]).signers).toEqual([key]);
  });

  test("signed twice by a key names it once; by two keys, both", () => {
    expect(openNote(`${note}${line}\n`, [key]).signers).toEqual([key]);
    const second = verifierKey("second.example", publicKey);
    expect(openNote(note + line2, [second, key]).signers).toEqual([key, second]);
  });

  test.each(hostile.notes)("is refused: $name", (note) => {
    expect(() => openNote(note.text, [parseVkey(hostile.vkey)])).toThrow(refused);
  });

  test("is refused with a thousand signatures, or two million characters", () => {
    expect(() => openNote(note + line2.repeat(1000), [key])).toThrow(refused);
    expect(() => openNote(signNote(`${"a".repeat(2_000_000)}\n`, key), [key])).toThrow(refused);
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

  test.each(hostile.checkpoints)("is refused though rightly signed: $name", ({ text }) => {
    expect(openNote(text, [parseVkey(hostile.vkey)]).signers).toHaveLength(1);
    expect(() => openCheckpoint(text, [hostile.vkey])).toThrow(refused);
  });

  test("is refused with a size of 900,000 digits", () => {
    const note = withText(`${origin}\n${"9".repeat(900_000)}\n${rootText}\n`);
    expect(() => openCheckpoint(note, vkeys)).toThrow(refused);
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
