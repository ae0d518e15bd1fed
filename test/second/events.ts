/** Bodies of events for the comparison with the second implementation: most are valid, at the limits and beyond. */
import { toBase64url } from "daybook/internal";
import fc from "fast-check";
import type { Body, RecordedPlace } from "./ask.ts";
import { changing, longPath, pathText } from "./changing.ts";
import { eventId, now, occurredAt, type } from "./forms.ts";
import {
  Members,
  members,
  nameOf,
  object,
  ofBytes,
  oneOf,
  print,
  type Raw,
  seldom,
  spelt,
  text,
} from "./json-texts.ts";

const id = (): fc.Arbitrary<Raw> =>
  seldom(40, spelt(fc.oneof({ weight: 30, arbitrary: filled }, { weight: 1, arbitrary: ofBytes(256) })));
const filled = text.map((each) => each || "u_1");

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
  .map(([seed, seq]): RecordedPlace => {
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
