/** The changes of generated events: a producer's own, or two states of an object. */
import fc from "fast-check";
import {
  Members,
  members,
  nameOf,
  object,
  ofBytes,
  path,
  type Raw,
  seldom,
  spelt,
  value,
} from "./json-texts.ts";

export const longPath = ofBytes(2_047).map((each) => `/${each}`);
export const pathText = fc.oneof(
  { weight: 90, arbitrary: path },
  {
    weight: 10,
    arbitrary: fc.constantFrom("/contact", "/contact/0", "/email", "/address", "/address/street/2"),
  },
  { weight: 1, arbitrary: longPath },
  {
    weight: 1,
    arbitrary: fc.constantFrom("", "a", "/~", "/~2", "/__proto__", "/a/__proto__/b", "/a~0__proto__", "//"),
  },
);
const change = members(
  {
    path: seldom(60, spelt(pathText)),
    label: nameOf(512),
    from: value,
    to: value,
    hidden: fc.constant("true"),
  },
  ["path", "from", "to"],
).map((each) => new Members(each.pairs.filter(([name], i) => name !== '"hidden"' || i === 1)));
const changes = seldom(
  40,
  fc.oneof(
    { weight: 30, arbitrary: fc.array(seldom(60, change), { maxLength: 4 }) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 499, max: 501 })
        .map((count) => Array.from({ length: count }, (_, i) => `{"path":"/${i}","to":${i}}`)),
    },
  ),
);

/** Another state of an object: some of its members go, others change, new ones come. */
function altered(before: Members, other: Members, coins: readonly number[]): Members {
  const others = new Map(other.pairs.map(([name, raw]) => [JSON.parse(name) as string, raw]));
  const kept = before.pairs.flatMap(([name, raw], i): (readonly [string, Raw])[] => {
    const coin = (coins[i % coins.length] ?? 0) % 5;
    const key = JSON.parse(name) as string;
    const instead = others.get(key) ?? [...others.values()][i];
    others.delete(key);
    if (coin === 0) return [];
    if (raw instanceof Members && coin < 4) return [[name, altered(raw, other, coins.slice(1))]];
    return [[name, coin > 2 && instead !== undefined ? instead : raw]];
  });
  return new Members([...kept, ...[...others].map(([name, raw]) => [JSON.stringify(name), raw] as const)]);
}
const states = fc
  .tuple(object, object, fc.array(fc.nat(), { maxLength: 6 }), fc.nat(20))
  .map(([before, other, coins, way]): [string, Raw][] => {
    if (way === 0) return [['"before"', before]];
    if (way === 1) return [['"after"', before]];
    if (way === 2)
      return [
        ['"before"', before],
        ['"after"', before],
      ];
    if (way === 3 && coins.length === 1)
      return [
        ['"before"', "[1]"],
        ['"after"', before],
      ];
    if (way === 4)
      return [
        ['"before"', "null"],
        ['"after"', before],
      ];
    return [
      ['"before"', before],
      ['"after"', altered(before, other, coins)],
    ];
  });
const wide = fc
  .integer({ min: 499, max: 501 })
  .map((count): [string, Raw][] => [
    [
      count % 2 ? '"before"' : '"after"',
      new Members(Array.from({ length: count }, (_, i) => [`"${i}"`, "1"])),
    ],
  ]);
const long = fc.tuple(ofBytes(2_047), fc.nat(3)).map(([each, more]): [string, Raw][] => [
  [
    '"after"',
    new Members([
      ['"o"', "1"],
      [JSON.stringify(each.slice(more)), "2"],
    ]),
  ],
]);
const heavy = fc
  .tuple(fc.integer({ min: 64, max: 66 }), fc.constantFrom("", "é"))
  .map(([count, unit]): [string, Raw][] => {
    const inner = Array.from(
      { length: count },
      (_, i) => [`"${String(i).padStart(3, "0")}${unit}"`, "1"] as const,
    );
    return [['"before"', new Members([[`"${"n".repeat(1_000)}"`, new Members(inner)]])]];
  });

/** The members of an event for its changes. */
export const changing = fc.oneof(
  { weight: 20, arbitrary: fc.constant([]) },
  { weight: 40, arbitrary: states },
  { weight: 40, arbitrary: changes.map((each): [string, Raw][] => [['"changes"', each]]) },
  { weight: 1, arbitrary: fc.oneof(wide, long, heavy) },
  {
    weight: 1,
    arbitrary: fc.tuple(states, value).map(([each, raw]): [string, Raw][] => [['"changes"', raw], ...each]),
  },
);
