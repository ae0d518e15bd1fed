/** Bodies of events for the comparison with the second implementation: most of them valid, at the limits and beyond. */
import { toBase64url } from "daybook/ledger";
import fc from "fast-check";
import type { Body, Place } from "./ask.ts";
import {
  Members,
  members,
  object,
  ofBytes,
  path,
  print,
  type Raw,
  seldom,
  spelt,
  text,
  value,
} from "./json-texts.ts";

export const now = "2026-11-22T11:20:00Z";
const nowMilliseconds = Date.parse(now);

const id = (): fc.Arbitrary<Raw> =>
  seldom(40, spelt(fc.oneof({ weight: 30, arbitrary: filled }, { weight: 1, arbitrary: ofBytes(256) })));
const filled = text.map((each) => each || "u_1");
const nameOf = (bytes: number): fc.Arbitrary<Raw> =>
  seldom(60, spelt(fc.oneof({ weight: 30, arbitrary: text }, { weight: 1, arbitrary: ofBytes(bytes) })));
const oneOf = (...texts: string[]): fc.Arbitrary<Raw> => seldom(60, spelt(fc.constantFrom(...texts)));

const party = {
  type: oneOf("user", "user", "api_client", "system", "anonymous"),
  id: fc.oneof(
    { weight: 80, arbitrary: id() },
    { weight: 1, arbitrary: spelt(fc.constantFrom("daybook", "")) },
  ),
  name: nameOf(512),
  email: nameOf(320),
};
const actor = members({ ...party, onBehalfOf: seldom(30, members(party, ["type", "id"])) }, ["type", "id"]);

const targetType = seldom(
  40,
  spelt(
    fc.constantFrom(
      "user",
      "user",
      "api",
      ...Array<string>(20).fill("x_1"),
      "a".repeat(32),
      "a".repeat(33),
      "A",
    ),
  ),
);
const target = members({ type: targetType, id: id(), name: nameOf(512) }, ["type", "id"]);
const targets = seldom(
  40,
  fc.oneof(
    { weight: 20, arbitrary: fc.array(seldom(50, target), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.array(fc.constant('{"type":"api","id":"1"}'), { minLength: 19, maxLength: 21 }),
    },
  ),
);

const longPath = ofBytes(2_047).map((each) => `/${each}`);
const pathText = fc.oneof(
  { weight: 90, arbitrary: path },
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
const changing = fc.oneof(
  { weight: 20, arbitrary: fc.constant([]) },
  { weight: 40, arbitrary: states },
  { weight: 40, arbitrary: changes.map((each): [string, Raw][] => [['"changes"', each]]) },
  { weight: 1, arbitrary: fc.oneof(wide, long, heavy) },
  {
    weight: 1,
    arbitrary: fc.tuple(states, value).map(([each, raw]): [string, Raw][] => [['"changes"', raw], ...each]),
  },
);

const agentTail = fc
  .tuple(fc.integer({ min: 480, max: 513 }), fc.array(text, { minLength: 1, maxLength: 8 }))
  .map(([length, tail]) => "a".repeat(length) + tail.join(""));
const agent = fc.oneof(
  { weight: 6, arbitrary: text },
  { weight: 6, arbitrary: agentTail },
  { weight: 1, arbitrary: ofBytes(4_096) },
);
const contextText = nameOf(512);
const adjusted = fc.oneof(
  { weight: 20, arbitrary: fc.array(seldom(30, spelt(pathText)), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.constant('"/a"'), { minLength: 99, maxLength: 101 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(longPath, longPath, longPath, longPath)
      .map((each) => each.map((p) => JSON.stringify(p))),
  },
);
const context = members(
  {
    ip: contextText,
    userAgent: seldom(60, spelt(agent)),
    requestId: contextText,
    correlationId: contextText,
    traceparent: contextText,
    interface: oneOf("ui", "api", "cli", "job"),
    adjusted: seldom(40, adjusted),
  },
  ["userAgent"],
);
const count = fc.constantFrom(
  ...Array<string>(8).fill("42"),
  "0",
  "1e3",
  "9007199254740991",
  "-0",
  "-1",
  "1.5",
  '"1"',
);
const producer = members({ id: id(), n: count, externalId: id() }, ["id"]);

const two = (most: number): fc.Arbitrary<string> => fc.nat(most).map((n) => String(n).padStart(2, "0"));
const years = fc.constantFrom("2026", "2026", "2025", "2024", "1970", "1969", "2254", "2255", "0000", "9999");
const zone = fc.oneof(
  fc.constantFrom("Z", "z", "-00:00", "+24:00", "+01:60", "", "+0100"),
  fc.tuple(fc.constantFrom("+", "-"), two(23), two(59)).map(([sign, h, m]) => `${sign}${h}:${m}`),
);
const decimals = fc.oneof(
  fc.constantFrom("", ".", ",5"),
  fc.string({ unit: fc.constantFrom(..."0159"), minLength: 1, maxLength: 10 }).map((d) => `.${d}`),
);
const anyTime = fc
  .tuple(
    years,
    two(13),
    two(32),
    fc.constantFrom("T", "T", "t", " "),
    two(24),
    two(60),
    two(60),
    decimals,
    zone,
  )
  .map(([y, mo, d, t, h, mi, s, f, z]) => `${y}-${mo}-${d}${t}${h}:${mi}:${s}${f}${z}`);
const nearTime = fc
  .tuple(fc.integer({ min: -1_000, max: 2 }), fc.string({ unit: fc.constantFrom(..."019"), maxLength: 6 }))
  .map(([ms, more]) => new Date(nowMilliseconds + 300_000 + ms).toISOString().replace("Z", `${more}Z`));
const occurredAt = seldom(
  40,
  spelt(fc.oneof({ weight: 1, arbitrary: anyTime }, { weight: 8, arbitrary: nearTime })),
);
const eventId = seldom(
  30,
  spelt(
    fc
      .tuple(
        fc.integer({ min: -2, max: 2 }),
        fc.stringMatching(/^7[0-9a-f]{3}-[89abc][0-9a-f]{3}-[0-9a-f]{12}$/),
      )
      .map(([ms, rest]) => {
        const hex = (nowMilliseconds + 300_000 + (ms < 2 ? ms - (ms === 1 ? 0 : 1) : -1e9))
          .toString(16)
          .padStart(12, "0");
        return `${hex.slice(0, 8)}-${hex.slice(8)}-${rest}`;
      }),
  ),
);

const type = (names: readonly string[]): fc.Arbitrary<Raw> =>
  fc.oneof(
    { weight: 100, arbitrary: fc.constantFrom(...names).map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: value },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...[
          '"NO_SUCH"',
          '"no.such"',
          '"A"',
          '"a"',
          '"a//b"',
          '"a/../b"',
          '"a/.../b"',
          '"../a"',
          '"S3:Get/x"',
          '"1a"',
        ],
        ...[
          '"a-"',
          '"constructor"',
          '"GetX"',
          '"A.B"',
          '"é"',
          '""',
          `"${"a".repeat(128)}"`,
          `"${"a".repeat(129)}"`,
        ],
        ...['"a/./b"', '"a/."', '"a/..b"', '"a_b"', '"a b"', '"./a"', '"a/b/../c"'],
      ),
    },
  );

const event = (names: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      members(
        {
          type: type(names),
          actor: seldom(80, actor),
          id: eventId,
          occurredAt,
          targets,
          outcome: oneOf("success", "denied", "failed"),
          reason: nameOf(4_096),
          context: seldom(60, context),
          data: seldom(60, object),
          producer: seldom(60, producer),
        },
        ["type", "actor"],
      ),
      changing,
      fc.nat(),
    )
    .map(([{ pairs }, more, at]) => {
      const cut = at % (pairs.length + 1);
      return print(new Members([...pairs.slice(0, cut), ...more, ...pairs.slice(cut)]));
    });

const slots = [
  ...["actor", "targets", "changes", "data"].flatMap((each) => [each, `${each}Personal`]),
  ...["context", "producer", "reason", "recordedBy", "typeVersion"],
];
const place = fc
  .tuple(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(1_000))
  .map(([seed, seq]): Place => {
    const salt = (n: number): string => toBase64url(seed.map((byte) => (byte + n) % 256));
    return {
      log: "log.example.org/o/aaaqeayeaudaocajbifqydiob4",
      seq,
      id: "01a202fc-7e0c-7123-89ab-0123456789ab",
      recordedAt: "2026-11-22T11:20:31.623456Z",
      salts: Object.fromEntries(slots.map((slot, n) => [slot, salt(n)])),
    };
  });

/** Cuts a character out of one body in forty, or puts one in. */
const damage = fc.tuple(
  fc.nat(40),
  fc.nat(),
  fc.constantFrom("", ",", '"', "}", "\\", "0", "\u0001", "\ufeff", " "),
);

/** A body of one event; now and then of several, as a batch or as lines. */
export const body = (names: readonly string[]): fc.Arbitrary<Body> =>
  fc
    .tuple(
      fc.oneof(
        { weight: 20, arbitrary: event(names).map((each) => [each]) },
        { weight: 1, arbitrary: fc.array(event(names), { maxLength: 3 }) },
      ),
      fc.nat(3),
      place,
      fc.constantFrom("daybook", "operator", "client"),
      damage,
    )
    .map(([events, way, at, who, [hit, where, put]]): Body => {
      const lines = events.length !== 1 && way > 1;
      const whole =
        events.length === 1 ? events[0]! : lines ? events.join("\r\n") : `{"events":[${events.join(", ")}]}`;
      const cut = where % (whole.length + 1);
      return {
        text:
          hit === 0
            ? (whole.slice(0, cut) + put + whole.slice(cut + 1)).replace(/\p{Surrogate}/gu, "?")
            : whole,
        now,
        place: at,
        mediaType: lines ? "application/x-ndjson" : "application/json",
        writer: who === "daybook" ? "server" : undefined,
        recordedBy: recorders[who],
      };
    });

const recorders = {
  daybook: { type: "server", id: "daybook", own: true },
  operator: { type: "operator", id: "operator" },
  client: { type: "api_client", id: "client_7" },
} as const;
