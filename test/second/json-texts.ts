/** Raw JSON texts for the comparison with the second implementation: in many spellings, some of them refused. */
import fc from "fast-check";

/** A raw JSON text, a list, or an object by its members in order, each name a raw text. */
export type Raw = string | readonly Raw[] | Members;
export class Members {
  readonly pairs: readonly (readonly [string, Raw])[];
  constructor(pairs: readonly (readonly [string, Raw])[]) {
    this.pairs = pairs;
  }
}

export function print(raw: Raw): string {
  if (typeof raw === "string") return raw;
  if (raw instanceof Members)
    return `{${raw.pairs.map(([name, value]) => `${name}:${print(value)}`).join(",")}}`;
  return `[${(raw as readonly Raw[]).map(print).join(",")}]`;
}

const everyEscape = (text: string): string =>
  `"${text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("")}"`;

/** A string as it is written: now and then with every character escaped. */
export const spelt = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.nat(12))
    .map(([each, how]) => (how === 0 && each.length < 100 ? everyEscape(each) : JSON.stringify(each)));

const token = fc
  .tuple(
    fc.constantFrom("ghp_", "dbk_live_", "sk-", "AKIA", "xoxd-", "glpat-"),
    fc.string({ unit: fc.constantFrom(..."AB01"), minLength: 14, maxLength: 52 }),
  )
  .map((parts) => parts.join(""));
const pem = fc.constantFrom("-----BEGIN PRIVATE KEY-----", "-----BEGIN ", "PRIVATE KEY-----");
const plainText = fc.constantFrom(
  ...["", "a", "Authorization", "API_KEY", "token", "[hidden]", "[token 0123456789ab]", "é\u{1f600}", "x y"],
  ...["e\u0301", "\u2028\u007f", '"\\/\b\f\n\r\t\u001f', "\uffff", "\u202e'", "null", "0"],
);
/** Texts without half a surrogate pair. */
export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: plainText },
  { weight: 2, arbitrary: token },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(token, pem, fc.constantFrom(" ", "-", "_", "x")), { maxLength: 4 })
      .map((parts) => parts.join("")),
  },
);

const nameText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...["password", "Token", "client_secret", "X-API-Key", "value", "Values", "from", "old", "newValue"],
      ...["plain", "name", "Key", "header", "field", "a", "b", "10", "9", "01", "-", "", "colors", "pairs"],
      ...["vault", "pin", "keys", "material", "contact", "email", "home", "street", "people", "apiKeys"],
      ...["~/é", "\u{1f600}", "\ufb33", "constructor", "targets", "[token 0123456789ab]", "list", "x y", "2"],
    ),
  },
  { weight: 1, arbitrary: text },
);
export const name: fc.Arbitrary<string> = spelt(nameText);
export const path: fc.Arbitrary<string> = fc
  .array(fc.oneof(nameText, fc.constantFrom("0", "1", "-")), { minLength: 1, maxLength: 4 })
  .map((names) => names.map((each) => `/${each.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""));

const number = fc.oneof(
  fc.constantFrom(
    "0",
    "-0",
    "1.0",
    "1e0",
    "0.1",
    "1e-7",
    "0.000001",
    "5e-324",
    "9007199254740991",
    "-1.5E+3",
  ),
  fc.double({ min: -9e15, max: 9e15, noNaN: true }).map(String),
  fc.double({ min: -1e-3, max: 1e-3, noNaN: true }).map(String),
  fc.integer({ min: 1, max: 9 }).map((n) => `${n}.${String(n).repeat(18)}e-${n}`),
);

/** What is refused, or is no JSON. */
const odd = fc.constantFrom(
  ...[
    "1e21",
    "9007199254740993",
    "9007199254740991.5",
    "1e-400",
    "1e400",
    "-1E999",
    '"\\ud800"',
    '"x\\u0000"',
  ],
  ...[
    '{"a":1,"a":2}',
    '{"__proto__":1}',
    '{"\\udc00":[1e99]}',
    '{"a\\u0000":{"b":1e400}}',
    "01",
    "1.",
    "nul",
  ],
  ...[
    "{'a':1}",
    "[1,]",
    '{"a":1,"\\u0061":1e99,"a":"\\ud800\\u0000"}',
    '{"__proto__":1,"__proto__":{"x":2e99}}',
  ],
);
const deep = fc
  .tuple(fc.integer({ min: 26, max: 34 }), fc.boolean(), fc.constantFrom("1", "1e400", "[]", '{"a":1,"a":2}'))
  .map(([levels, list, inner]) =>
    list
      ? "[".repeat(levels) + inner + "]".repeat(levels)
      : '{"a":'.repeat(levels) + inner + "}".repeat(levels),
  );

const distinct = <T>(member: fc.Arbitrary<[string, T]>, maxLength: number): fc.Arbitrary<[string, T][]> =>
  fc.uniqueArray(member, { maxLength, selector: ([each]) => JSON.parse(each) as string });

const trees = fc.letrec<{ value: Raw; object: Members; list: readonly Raw[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    { weight: 3, arbitrary: fc.oneof(fc.constantFrom("null", "true", "false"), number, spelt(text)) },
    { weight: 2, arbitrary: tie("object") },
    { weight: 2, arbitrary: tie("list") },
  ),
  object: distinct(fc.tuple(name, tie("value")), 4).map((pairs) => new Members(pairs)),
  list: fc.array(tie("value"), { maxLength: 3 }),
}));
export const object: fc.Arbitrary<Members> = trees.object;
export const value: fc.Arbitrary<Raw> = fc.oneof(
  { weight: 1_500, arbitrary: trees.value },
  { weight: 1, arbitrary: odd },
  { weight: 1, arbitrary: deep },
);

/** Something else than `of`, once in `one` times. */
export const seldom = (
  one: number,
  of: fc.Arbitrary<Raw>,
  else_: fc.Arbitrary<Raw> = value,
): fc.Arbitrary<Raw> => fc.oneof({ weight: one * 8, arbitrary: of }, { weight: 1, arbitrary: else_ });

/** A text of so many bytes, or of one more or less, of characters of one to four bytes. */
export const ofBytes = (bytes: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom("a", "é", "€", "\u{1f600}"), fc.integer({ min: -1, max: 1 }))
    .map(([unit, more]) => {
      const width = new TextEncoder().encode(unit).length;
      const count = Math.floor((bytes + more) / width);
      return "b".repeat(bytes + more - count * width) + unit.repeat(count);
    });

/** An object of some of these members, in any order; those named in `must` are hardly ever left out. */
export function members(
  all: Readonly<Record<string, fc.Arbitrary<Raw>>>,
  must: readonly string[],
): fc.Arbitrary<Members> {
  const names = Object.keys(all);
  const one = (each: string): fc.Arbitrary<[string, Raw] | undefined> =>
    fc
      .tuple(
        fc.nat(99),
        fc.oneof({ weight: 60, arbitrary: all[each]! }, { weight: 1, arbitrary: fc.constant("null") }),
      )
      .map(([coin, raw]) =>
        (must.includes(each) ? coin > 0 || each.length % 2 === 0 : coin < 30)
          ? [JSON.stringify(each), raw]
          : undefined,
      );
  const unknown = fc
    .tuple(fc.nat(400), distinct(fc.tuple(name, value), 3))
    .map(([coin, pairs]) => (coin === 0 ? pairs : []));
  return fc
    .tuple(fc.tuple(...names.map(one)), unknown, fc.array(fc.nat(), { minLength: 3, maxLength: 3 }))
    .map(([pairs, more, [shift = 0, turn = 0, twice = 0]]) => {
      const kept = [...pairs.filter((pair) => pair !== undefined), ...more];
      const at = turn % 3 === 0 ? shift % (kept.length || 1) : 0;
      const turned = [...kept.slice(at), ...kept.slice(0, at)];
      if (twice % 1_500 === 0 && turned[0]) turned.push(turned[0]);
      return new Members(turned);
    });
}

/** A text of at most so many bytes, hardly ever more. */
export const nameOf = (bytes: number): fc.Arbitrary<Raw> =>
  seldom(60, spelt(fc.oneof({ weight: 30, arbitrary: text }, { weight: 1, arbitrary: ofBytes(bytes) })));
/** One of these texts. */
export const oneOf = (...texts: string[]): fc.Arbitrary<Raw> => seldom(60, spelt(fc.constantFrom(...texts)));
