/** The language of searches: reading and writing are the inverse of each other, hostile texts do no harm, and faults have their place. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSearch } from "./parse-search.ts";
import { printSearch } from "./print-search.ts";
import { readSearch, type SearchRead } from "./read-search.ts";
import { type PlacedTerm, type QualifierName, qualifierNames, type SearchTerm } from "./search-terms.ts";

const termsIn = (text: string): SearchTerm[] =>
  (parseSearch(text) as readonly PlacedTerm[]).map(({ at: _at, valueAt: _valueAt, ...term }) => term);
const wantedOf = (text: string): SearchRead => {
  const read = readSearch(text, { zone: "UTC" });
  if ("wrong" in read) throw new Error(read.wrong);
  return read;
};
interface VectorTerm {
  readonly name?: QualifierName;
  readonly value?: string;
  readonly word?: string;
  readonly phrase?: string;
  readonly quoted?: true;
  readonly excluded?: true;
}

interface SearchVectors {
  readonly searches: readonly { readonly text: string; readonly terms: readonly VectorTerm[] }[];
  readonly refused: readonly { readonly text: string; readonly wrong: string; readonly place?: object }[];
}

const spec = (name: string): string =>
  readFileSync(new URL(`../../../../spec/${name}`, import.meta.url), "utf8");
const vectors: SearchVectors = JSON.parse(spec("vectors/search.json"));

const termOf = ({ name, value = "", word, phrase, quoted, excluded }: VectorTerm): SearchTerm =>
  name === undefined
    ? { isExcluded: excluded === true, text: word ?? phrase ?? "", isQuoted: word === undefined }
    : { isExcluded: excluded === true, name, value, isQuoted: quoted === true };

test("spec/search.md has every qualifier", () => {
  const page = spec("search.md");
  const production = page.slice(page.indexOf("    name       ="), page.indexOf("    value      ="));
  expect([...production.matchAll(/"([a-z-]+)"/g)].map(([, name]) => name).sort()).toEqual(
    qualifierNames.toSorted(),
  );
  const table = page.slice(
    page.indexOf("| qualifier |"),
    page.indexOf("A value in quotation marks is never"),
  );
  for (const name of qualifierNames) expect(table).toContain(`\`${name}:\``);
});

describe("a search", () => {
  test.each(vectors.searches.map(({ text, terms }) => [text, terms.map(termOf)] as const))(
    "%j has its terms",
    (text, terms) => {
      expect(termsIn(text)).toEqual(terms);
      expect(termsIn(printSearch(terms))).toEqual(terms);
    },
  );

  const unquoted = fc
    .string({ unit: "binary", minLength: 1, maxLength: 12 })
    .filter((text) => !/[\s"“”„]/u.test(text));
  const words: fc.Arbitrary<SearchTerm> = fc
    .record({ isExcluded: fc.boolean(), text: unquoted, isQuoted: fc.constant(false) })
    .filter(({ isExcluded, text }) => isExcluded || text === "-" || !text.startsWith("-"))
    .filter(({ text }) => !qualifierNames.some((name) => text.toLowerCase().startsWith(`${name}:`)));
  const phrases: fc.Arbitrary<SearchTerm> = fc.record({
    isExcluded: fc.boolean(),
    text: fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !/["“”„]/u.test(text)),
    isQuoted: fc.constant(true),
  });
  const value = fc.oneof(
    fc.record({ value: unquoted, isQuoted: fc.constant(false) }),
    fc.record({
      value: fc.string({ unit: "binary", maxLength: 12 }).map((text) => `user:${text}`),
      isQuoted: fc.constant(false),
    }),
    fc.record({
      value: fc.string({ unit: "binary", minLength: 1, maxLength: 12 }),
      isQuoted: fc.constant(true),
    }),
    fc.record({ value: fc.constantFrom('"', "\\", '\\"', "„ \\“", " "), isQuoted: fc.constant(true) }),
  );
  const qualifiers: fc.Arbitrary<SearchTerm> = fc
    .tuple(fc.boolean(), fc.constantFrom(...qualifierNames), value)
    .map(([isExcluded, name, rest]) => ({ isExcluded, name, ...rest }));
  const searches = fc.array(fc.oneof(words, phrases, qualifiers), { maxLength: 12 });

  test("that is written is read as the same", () => {
    fc.assert(
      fc.property(searches, (terms) => {
        expect(termsIn(printSearch(terms))).toEqual(terms);
      }),
      { numRuns: 2_000 },
    );
  });

  test("of any text is read, and written again with the same meaning, or is refused at a place in it", () => {
    const pieces = fc.constantFrom(
      ...qualifierNames.map((name) => `${name}:`),
      "-",
      " ",
      '"',
      "“",
      "\\",
      "*",
      "A,b",
    );
    const texts = fc
      .array(fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 20 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(texts, (text) => {
        const terms = parseSearch(text);
        if ("wrong" in terms) {
          const { start, end } = terms.at as { start: number; end: number };
          expect(0 <= start && start < end && end <= text.length).toBe(true);
          return;
        }
        for (const { at } of terms) expect(at.start < at.end && at.end <= text.length).toBe(true);
        expect(termsIn(printSearch(termsIn(text)))).toEqual(termsIn(text));
        const read = readSearch(text, { zone: "UTC" });
        if ("wrong" in read) expect(read.wrong).toMatch(/\.$/);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("what is wrong stands where it is", () => {
  test.each(vectors.refused)("$text", ({ text, wrong, place }) => {
    const read = readSearch(text, { zone: "UTC" });
    expect(read).toMatchObject({ wrong });
    expect((read as { place?: object }).place).toEqual(place);
  });

  test("for every qualifier, with what to write instead", () => {
    for (const name of qualifierNames) {
      const read = readSearch(`${name}:`, { zone: "UTC" });
      expect(read).toMatchObject({
        wrong: `has no value for '${name}:'.`,
        place: { start: 0, end: name.length + 1 },
      });
      expect((read as { remedy: string }).remedy).toContain(`${name}:`);
    }
  });
});

describe("hostile searches", () => {
  test.each([
    ["a thousand quotation marks", '"'.repeat(1_000)],
    ["a thousand backslashes in a value", `actor:"${"\\".repeat(990)}`],
    ["a value of backslashes and quotation marks", `actor:"${'\\"'.repeat(490)}`],
    ["a thousand minuses", "-".repeat(1_000)],
    ["colons", ":".repeat(1_000)],
    ["names of qualifiers without values", "type:actor:target:ip:".repeat(40)],
    ["spaces", "\u3000".repeat(1_000)],
    ["half surrogates", "\ud800".repeat(900)],
    ["the longest network", `ip:${"::1/".repeat(200)}`],
    ["a SQL statement", "type:'; DROP TABLE event; --"],
    ["names of objects", "type:__proto__ actor:constructor"],
    ["a million characters", "type:A ".repeat(150_000)],
    ["a million quoted characters", `actor:"${"a ".repeat(500_000)}`],
  ])("%s: read or refused, at once", (_, text) => {
    const started = process.cpuUsage();
    for (let n = 0; n < 20; n++) readSearch(text, { zone: "UTC" });
    expect(process.cpuUsage(started).user).toBeLessThan(500_000);
  });

  test("take time in proportion to their length", () => {
    const of = (length: number): number => {
      const text = `${'a "b" actor:"c\\"d" '.repeat(length)}`.slice(0, 1_000);
      const started = process.cpuUsage();
      for (let n = 0; n < 200; n++) parseSearch(text);
      return process.cpuUsage(started).user;
    };
    of(6);
    expect(of(50)).toBeLessThan(40 * of(6) + 50_000);
  });
});

describe("the values", () => {
  const asked = (text: string): unknown => wantedOf(text).wanted?.anyOf;

  test("of a type are as written, or in capitals", () => {
    expect(asked("type:API_SAVED")).toEqual([[{ kind: "type", value: "API_SAVED" }]]);
    expect(asked("type:api_saved")).toEqual([
      ["api_saved", "API_SAVED"].map((value) => ({ kind: "type", value })),
    ]);
    expect(asked("type:invoice.paid")).toEqual([[{ kind: "type", value: "invoice.paid" }]]);
    expect(asked("type:api_client_*")).toEqual([
      ["api_client_", "API_CLIENT_"].map((value) => ({ kind: "type", value, isBeginning: true })),
    ]);
  });

  test("of one qualifier are alternatives, those of several must all fit, and each can be excluded", () => {
    const { wanted } = wantedOf("type:A_B outcome:DENIED type:C_D -type:E_F -outcome:failed x");
    expect(wanted).toEqual({
      all: [[{ word: "x", at: 1 }]],
      none: [],
      anyOf: [
        [
          { kind: "type", value: "A_B" },
          { kind: "type", value: "C_D" },
        ],
        [{ kind: "outcome", value: "denied" }],
      ],
      noneOf: [
        { kind: "type", value: "E_F" },
        { kind: "outcome", value: "failed" },
      ],
    });
  });

  test("of an actor are a name, or type:id; in quotation marks always a name", () => {
    expect(asked("actor:user:u_17 actor:system: actor:anonymous:")).toEqual([
      ["user:u_17", "system:", "anonymous:"].map((value) => ({ kind: "actor", value })),
    ]);
    expect(asked('actor:"user:u_17"')).toEqual([
      [{ within: "actor", phrase: [{ word: "user.u.17", at: 1 }] }],
    ]);
    expect(asked('actor:"system"')).toEqual([[{ within: "actor", phrase: [{ word: "system", at: 1 }] }]]);
    expect(asked("target:http://x")).toEqual([[{ kind: "target", value: "http://x" }]]);
  });

  test("that hold a token are looked for as events keep them", () => {
    const token = `ghp_${"a1B2".repeat(9)}`;
    for (const text of [`actor:user:${token}`, `external:${token}`, `request:${token}`])
      expect(JSON.stringify(asked(text))).not.toContain(token);
  });

  test.each([
    ["192.0.2.17", `4${"11000000"}${"00000000"}${"00000010"}${"00010001"}`],
    ["192.0.2.17/24", `4${"11000000"}${"00000000"}${"00000010"}`],
    ["0.0.0.0/0", "4"],
    ["::ffff:192.0.2.0/120", `4${"11000000"}${"00000000"}${"00000010"}`],
    ["2001:db8::/32", `6${"0010000000000001"}${"0000110110111000"}`],
    ["::/0", "6"],
  ])("the network %s is the beginning of its addresses", (network, bits) => {
    const [[...conditions] = []] = asked(`ip:${network}`) as { value: string }[][];
    expect(conditions.map(({ value }) => value)).toContain(bits);
    expect(conditions).toHaveLength(bits.startsWith("4") ? 2 : 1);
  });

  test("of org: are names of organizations", () => {
    expect(wantedOf("org:acme -org:globex org:acme x").organizations).toEqual({
      only: ["acme"],
      except: ["globex"],
    });
    expect(wantedOf("org:acme").wanted).toBeUndefined();
  });
});
