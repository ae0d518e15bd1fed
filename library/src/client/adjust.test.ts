/** What a client changes so that an event can be recorded, and how it reports the changes. */
import { expect, test } from "vitest";
import {
  checkEvent,
  type EventInput,
  type JsonObject,
  limits,
  readJson,
  type TypeRules,
} from "../event/index.ts";
import { batchesOf } from "./batches.ts";

const rules: TypeRules = {
  name: "invoice.paid",
  version: 1,
  labels: {},
  secret: { changes: [] },
  personal: { changes: [], data: [] },
  plain: { changes: [], data: [] },
};

/** The event as the client sends it, which the server's own check accepts. */
async function sent(event: object): Promise<EventInput> {
  for await (const { body } of batchesOf([event as EventInput], true)) {
    const read = readJson(body) as JsonObject;
    checkEvent(read, { rules: () => rules, now: BigInt(Date.now()) * 1000n });
    const { id: _, ...rest } = JSON.parse(body);
    return rest;
  }
  throw new Error("Nothing was sent.");
}

const actor = { type: "user", id: "u_1" };
const plain = { type: "invoice.paid", actor };
const long = "é".repeat(3_000);

test("an event that can be recorded as it is stays as it is", async () => {
  const event = {
    ...plain,
    actor: { ...actor, name: "n".repeat(512), email: "e".repeat(320), onBehalfOf: { ...actor, name: null } },
    targets: [
      { type: "invoice", id: "i", name: null },
      { type: "invoice", id: "j" },
    ],
    changes: [{ path: "/a", label: "l".repeat(512), to: "\\u0000 \ud83d\ude00" }],
    context: { ip: null, userAgent: "a".repeat(4_096) },
    reason: "r".repeat(4_096),
  };
  expect(await sent(event)).toEqual(event);
});

test("what whoever is under audit can make long is cut, and said", async () => {
  const event = {
    ...plain,
    actor: { ...actor, name: long, email: long, onBehalfOf: { ...actor, name: long, email: long } },
    targets: [
      { type: "invoice", id: "i" },
      { type: "user", id: "u", name: long },
    ],
    changes: [{ path: "/a", label: long, to: long }],
    context: {
      ip: long,
      userAgent: long,
      requestId: long,
      correlationId: long,
      traceparent: long,
      adjusted: ["/reason", "/data"],
    },
    reason: long,
  };
  const { actor: who, targets, changes, context, reason } = await sent(event);
  expect(who.name).toBe("é".repeat(256));
  expect(who.email).toBe("é".repeat(160));
  expect(who.onBehalfOf?.name).toBe("é".repeat(256));
  expect(targets?.map(({ name }) => name?.length)).toEqual([undefined, 256]);
  expect(changes).toEqual([{ path: "/a", label: "é".repeat(256), to: long }]);
  expect(context?.userAgent).toBe("é".repeat(2_048));
  expect(context?.requestId).toBe("é".repeat(256));
  expect(reason).toBe("é".repeat(2_048));
  expect(context?.adjusted).toEqual([
    "/reason",
    "/data",
    "/actor/name",
    "/actor/email",
    "/actor/onBehalfOf/name",
    "/actor/onBehalfOf/email",
    "/targets/1/name",
    "/changes/0/label",
    "/context/ip",
    "/context/userAgent",
    "/context/requestId",
    "/context/correlationId",
    "/context/traceparent",
  ]);
  expect(event.actor.name).toBe(long);
});

test("characters that no event may hold are replaced wherever they stand, and said", async () => {
  const event = {
    ...plain,
    actor: { ...actor, name: "A\0nne \ud83d" },
    after: { "a/b": ["\udc00", { x: "\ud800\ud83d\ude00" }], date: new Date(0) },
    data: { note: "fine \\u0000", n: 1 },
  };
  expect(await sent(event)).toEqual({
    ...plain,
    actor: { ...actor, name: "A\ufffdnne \ufffd" },
    after: { "a/b": ["\ufffd", { x: "\ufffd\ud83d\ude00" }], date: "1970-01-01T00:00:00.000Z" },
    data: { note: "fine \\u0000", n: 1 },
    context: { adjusted: ["/actor/name", "/after/a~1b/0", "/after/a~1b/1/x"] },
  });
});

test("a token is hidden before its text is cut", async () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const { reason } = await sent({ ...plain, reason: `${"x".repeat(4_070)}${token}` });
  expect(reason).toMatch(/^x+\[token [0-9a-f]{12}\]$/);
});

test("no more is said than an event may say", async () => {
  const many = Array.from({ length: 400 }, () => "\0");
  expect((await sent({ ...plain, data: { many } })).context?.adjusted).toHaveLength(limits.adjusted);
  const deep = { ["n".repeat(5_000)]: "\0", m: { ["n".repeat(5_000)]: "\0" } };
  expect((await sent({ ...plain, data: deep })).context?.adjusted).toHaveLength(1);
});

test("the same event is adjusted to the same, so that it can be sent again", async () => {
  const event = { ...plain, reason: long, actor: { ...actor, name: "\0" } };
  expect(await sent(event)).toEqual(await sent(event));
});
