/** Segments: what is read is what was written, merged segments are those built at once, and a beginning finds all terms with it. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  blocksOf,
  byteText,
  contentIn,
  contentOf,
  eachDocument,
  entriesIn,
  merged,
  readDocuments,
  readTimes,
  type SegmentBlock,
  type SegmentContent,
  unionMark,
} from "./index.ts";

const always = (): boolean => true;

interface TermedEvent {
  readonly occurredAt: bigint;
  readonly seq: bigint;
  readonly terms: readonly string[];
}
const indexed = (events: readonly TermedEvent[]): SegmentContent =>
  contentOf(events, ({ terms }) => ({ own: terms.slice(1), repeated: [terms.slice(0, 1)] }));
const bytesOf = (events: readonly TermedEvent[]): SegmentBlock[] => [...blocksOf(indexed(events), always)];

const word = fc.oneof(
  fc.stringMatching(/^[ab]{1,6}$/),
  fc.stringMatching(/^[a-d]\.[0-9]{1,3}$/),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }).map((text) => text.replace(/[\0-\x20]/g, "x")),
);
const anyEvents = (most: number): fc.Arbitrary<TermedEvent[]> =>
  fc.array(fc.tuple(fc.nat(5_000), fc.array(word, { maxLength: 12 })), { maxLength: most }).map((events) =>
    events.map(([occurredAt, words], seq) => ({
      occurredAt: BigInt(1_700_000_000_000_000 + occurredAt),
      seq: BigInt(seq),
      terms: words.map((text) => `w${byteText(text)}`),
    })),
  );
/** The same words again and again, and many that share beginnings. */
const many = (count: number): TermedEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    occurredAt: BigInt(1_700_000_000_000_000 + ((n * 7919) % 997) * 1_000_003),
    seq: BigInt(n),
    terms: [
      "wall",
      `wn${n % 311}`,
      `whost.${n}.example`,
      `w${(n * 2_654_435_761).toString(16)}`,
      n % 3 === 0 ? "wthird" : "wother",
    ],
  }));

/** The documents of the terms that begin with `start`, as a search reads them: the union, or the terms side by side. */
function lookUp(blocks: readonly SegmentBlock[], start: string, size: number): number[] {
  const found = new Set<number>();
  let reads = 0;
  const from = Math.max(
    0,
    blocks.findLastIndex(({ first }) => first <= start),
  );
  for (const { first, data } of blocks.slice(from)) {
    if (first !== "" && !first.startsWith("w")) continue;
    if (first === "") continue;
    for (const entry of entriesIn(data)) {
      if (entry.term < start) continue;
      if (!entry.term.startsWith(start)) return [...found].sort((a, b) => a - b);
      if (++reads > 40) throw new Error(`${start} reads more than 40 entries`);
      eachDocument(entry, size, (document) => found.add(document));
      if (entry.term.endsWith(unionMark)) return [...found].sort((a, b) => a - b);
    }
  }
  return [...found].sort((a, b) => a - b);
}

test("what is read is what was written", () => {
  fc.assert(
    fc.property(anyEvents(60), (events) => {
      const content = indexed(events);
      expect(contentIn(bytesOf(events), events.length, always)).toEqual(content);
    }),
  );
  expect(contentIn(bytesOf(many(5_000)), 5_000, always)).toEqual(indexed(many(5_000)));
});

test("a merged segment is the one built at once, to the byte", () => {
  fc.assert(
    fc.property(anyEvents(60), fc.nat(60), (events, at) => {
      const parts = [events.slice(0, at), events.slice(at)].filter((part) => part.length > 0);
      const contents = parts.map((part) => contentIn(bytesOf(part), part.length, always));
      expect([...blocksOf(merged(contents), always)]).toEqual(bytesOf(events));
    }),
  );
  const parts = [0, 1_000, 1_001, 2_700].map((from, n, all) => many(3_000).slice(from, all[n + 1]));
  const contents = parts.map((part) => contentIn(bytesOf(part), part.length, always));
  expect([...blocksOf(merged(contents), always)]).toEqual(bytesOf(many(3_000)));
});

test("a beginning finds the documents of all terms that begin with it, in few entries", () => {
  const check = (events: readonly TermedEvent[], starts: readonly string[]): void => {
    const sorted = [...events].sort((a, b) => Number(a.occurredAt - b.occurredAt || a.seq - b.seq));
    const blocks = bytesOf(events);
    for (const start of starts) {
      const expected = sorted.flatMap(({ terms }, n) =>
        terms.some((term) => term.startsWith(start)) ? [n] : [],
      );
      expect(lookUp(blocks, start, events.length), JSON.stringify(start)).toEqual(expected);
    }
  };
  const events = many(4_000);
  const starts = new Set(
    events
      .slice(0, 200)
      .flatMap(({ terms }) => terms.flatMap((term) => [2, 3, 4, 7, 99].map((n) => term.slice(0, n)))),
  );
  check(events, [...starts, "wnobody", "wz"]);
  fc.assert(
    fc.property(anyEvents(200), word, (some, text) => {
      check(some, [`w${byteText(text)}`, ...some.flatMap(({ terms }) => terms.slice(0, 1))]);
    }),
    { numRuns: 50 },
  );
});

test("what nearly all documents have is written as those that don't have it", () => {
  for (const [every, most] of [
    [1_000, 30],
    [10, 700],
    [2, 1_000],
  ] as const) {
    const events = many(6_000).map((event, n) => ({
      ...event,
      terms: n % every === 0 ? ["wb"] : ["wa", "wb"],
    }));
    const terms = bytesOf(events).filter(({ first }) => first.startsWith("w"));
    const bytes = terms.reduce((sum, { data }) => sum + data.length, 0);
    expect(bytes).toBeLessThan(most);
    expect(contentIn(bytesOf(events), events.length, always)).toEqual(indexed(events));
    const earlier = [...blocksOf(indexed(events), always, 1)];
    expect(contentIn(earlier, events.length, always)).toEqual(indexed(events));
    expect(earlier.reduce((sum, { data }) => sum + data.length, 0)).toBeGreaterThan(bytes);
  }
});

test("documents say when their blocks begin", () => {
  const blocks = bytesOf(many(1_300));
  const times = readTimes(blocks[0]!.data);
  expect(times).toEqual(blocks.slice(1, 7).map(({ data }) => readDocuments(data).occurredAt[0]));
});

test("damaged bytes throw, and don't go on for ever", () => {
  const take = (): void => {};
  for (const postings of [[0x80], [0x05, 0xff, 0xff]])
    expect(() =>
      eachDocument(
        { term: "wa", postings: Uint8Array.from(postings), isBitmap: false, isRest: postings.length > 1 },
        100,
        take,
      ),
    ).toThrow(RangeError);
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), (bytes) => {
      for (const read of [
        () => readDocuments(bytes),
        () => readTimes(bytes),
        () => {
          for (const entry of entriesIn(bytes)) eachDocument(entry, 100, take);
        },
      ])
        try {
          read();
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
    }),
  );
});
