/** Origins and positions: one text each, and hostile ones by name. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatLogId,
  formatOrigin,
  formatPosition,
  hashLeaf,
  isLogId,
  isLogName,
  isPositionOf,
  newLogName,
  newLogOrigin,
  type Position,
  parseOrigin,
  parsePosition,
  toHex,
} from "./index.ts";
import { hostile } from "./testing/vectors.ts";

const ids = fc.uint8Array({ minLength: 16, maxLength: 16 });

test("a log id is the base32 of RFC 4648, in lower case, without padding", () => {
  // Made with Python's base64.b32encode.
  const idOf = (hex: string): string => formatLogId(Uint8Array.from(Buffer.from(hex, "hex")));
  expect(idOf("000102030405060708090a0b0c0d0e0f")).toBe("aaaqeayeaudaocajbifqydiob4");
  expect(idOf("ff".repeat(16))).toBe("77777777777777777777777774");
  expect(idOf(`80${"00".repeat(15)}`)).toBe("qaaaaaaaaaaaaaaaaaaaaaaaaa");
  expect(idOf(`${"00".repeat(15)}01`)).toBe("aaaaaaaaaaaaaaaaaaaaaaaaae");
  expect(() => idOf("00")).toThrow(RangeError);
});

test("different ids have different texts, all of them well-formed", () => {
  fc.assert(
    fc.property(ids, ids, (a, b) => {
      expect(isLogId(formatLogId(a))).toBe(true);
      expect(formatLogId(a) === formatLogId(b)).toBe(toHex(a) === toHex(b));
    }),
  );
});

test("an origin is read back as its name and log id", () => {
  const names = fc.stringMatching(/^[a-z0-9.:/_-]{1,60}$/);
  fc.assert(
    fc.property(names, ids, (name, id) => {
      expect(parseOrigin(formatOrigin(name, id))).toEqual({ name, logId: formatLogId(id) });
    }),
  );
  expect(parseOrigin(newLogOrigin("a/o/b"))?.name).toBe("a/o/b");
});

test("new origins differ, and a deployment without a name gets one that no host has", () => {
  expect(newLogOrigin("example.org")).not.toBe(newLogOrigin("example.org"));
  expect(newLogName()).toMatch(/^[a-z2-7]{26}\.invalid$/);
  expect(isLogName(newLogName())).toBe(true);
});

test.each(["", " ", "a b", "a+b", 'a"b', "a\\b", "café", "a\n", "a".repeat(201)])(
  "%j can't be the name of logs",
  (name) => {
    expect(isLogName(name)).toBe(false);
    expect(() => newLogOrigin(name)).toThrow(RangeError);
  },
);

test("hosts as URLs have them can", () => {
  for (const host of ["localhost:8080", "[::1]:3000", "audit.example.org", "xn--caf-dma.example"]) {
    expect(isLogName(host)).toBe(true);
  }
});

const id = "aaaqeayeaudaocajbifqydiob4";

test.each(hostile.origins)("%j is no origin", (text) => {
  expect(parseOrigin(text)).toBeUndefined();
});

describe("a position", () => {
  const place = { log: `log.example.org/o/${id}`, seq: 42n, leafHash: hashLeaf("a leaf") };
  const position = parsePosition(formatPosition(place)) as Position;

  test("is the log id, the seq and the first 8 bytes of the leaf hash", () => {
    expect(formatPosition(place)).toBe(`${id}:42:${toHex(place.leafHash).slice(0, 16)}`);
    expect(position).toEqual({ logId: id, seq: 42n, leafHashPrefix: toHex(place.leafHash).slice(0, 16) });
  });

  test("is that of its own event only", () => {
    expect(isPositionOf(position, place)).toBe(true);
    expect(isPositionOf(position, { ...place, seq: 43n })).toBe(false);
    expect(isPositionOf(position, { ...place, leafHash: hashLeaf("another") })).toBe(false);
    expect(isPositionOf(position, { ...place, log: place.log.replace("aaaq", "aaab") })).toBe(false);
  });

  test.each(hostile.positions)("is not %j", (text) => {
    expect(parsePosition(text)).toBeUndefined();
  });

  test("is the whole text, with nothing before it and nothing after it", () => {
    const text = formatPosition(place);
    for (const other of [`a${text}`, `\n${text}`, `${text}0`, `${text}\n`]) {
      expect(parsePosition(other), JSON.stringify(other)).toBeUndefined();
    }
  });

  test("reaches as far as seqs do", () => {
    expect(parsePosition(`${id}:9007199254740991:0011223344556677`)?.seq).toBe(2n ** 53n - 1n);
  });
});
