/** Checks and the personal split against the vectors of hostile events, with cases that vectors can't express. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DaybookError } from "../error/index.ts";
import {
  canonicalize,
  checkEvent,
  formatTime,
  type Json,
  type JsonObject,
  joinPersonal,
  type NormalEvent,
  normalise,
  parseTime,
  pointerNames,
  readJson,
  splitPersonal,
  type TypeRules,
} from "./index.ts";

interface CheckCase {
  name: string;
  text: string;
  fill?: { pointer: string; text: string; times: number };
  writer?: "server";
  outcome: "accepted" | "refused";
  slots?: JsonObject | null;
  unchanged?: true;
  eventOutcome?: string;
  occurredAt?: string;
  code?: string;
  pointers?: string[];
}

const file = new URL("../../../spec/vectors/events-hostile.json", import.meta.url);
const vectors: { now: string; types: TypeRules[]; cases: CheckCase[] } = JSON.parse(
  readFileSync(file, "utf8"),
);
const context = {
  rules: (name: string) => vectors.types.find((type) => type.name === name),
  now: parseTime(vectors.now)!,
};

function eventOf(one: CheckCase): JsonObject {
  const event = readJson(one.text) as JsonObject;
  if (one.fill !== undefined) {
    const names = pointerNames(one.fill.pointer);
    const last = names.pop()!;
    let parent = event;
    for (const name of names) parent = parent[name] as JsonObject;
    parent[last] = one.fill.text.repeat(one.fill.times);
  }
  return event;
}

function refusalOf(work: () => unknown): DaybookError {
  try {
    work();
  } catch (error) {
    if (error instanceof DaybookError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

/** What was sent, without null and empty members: reading must return it, except for a cut user agent. */
function expected(name: string, sent: Json | undefined): Json | undefined {
  if (sent === null || sent === undefined || typeof sent !== "object") return sent ?? undefined;
  if (name === "data") return Object.keys(sent).length === 0 ? undefined : sent;
  if (Array.isArray(sent)) return sent.length === 0 ? undefined : sent.map((item) => expected("", item)!);
  const members = Object.entries(sent).map(([member, value]) => [member, expected(member, value)] as const);
  const kept = members.filter(([member, value]) => value !== undefined && member !== "userAgent");
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as JsonObject);
}

/** The event of the slots, joined again. */
function rejoined(event: JsonObject, normal: NormalEvent): void {
  const joined = joinPersonal(normal.slots) as JsonObject;
  for (const name of ["actor", "targets", "data", "context", "reason", "producer"]) {
    expect(expected(name, joined[name])).toEqual(expected(name, event[name]));
  }
}

describe("the vectors of hostile events", () => {
  test.each(vectors.cases.filter((one) => one.outcome === "accepted"))("accepted: $name", (one) => {
    const event = eventOf(one);
    const before = canonicalize(event);
    const normal = normalise(event, { ...context, writer: one.writer ?? "producer" });
    if (one.slots) expect(canonicalize(normal.slots as Json as JsonObject)).toBe(canonicalize(one.slots));
    expect(normal.unchanged).toBe(one.unchanged ?? false);
    expect(normal.outcome).toBe(one.eventOutcome ?? "success");
    expect(normal.occurredAt === undefined ? undefined : formatTime(normal.occurredAt)).toBe(one.occurredAt);
    rejoined(event, normal);
    expect(canonicalize(event)).toBe(before);
  });

  test.each(vectors.cases.filter((one) => one.outcome === "refused"))("refused: $name", (one) => {
    const error = refusalOf(() => normalise(eventOf(one), { ...context, pointer: "/events/7" }));
    expect(error.code).toBe(one.code);
    expect(error.issues.map((issue) => issue.pointer)).toEqual(
      one.pointers!.map((pointer) => `/events/7${pointer}`),
    );
    for (const issue of error.issues) expect(issue.detail).toMatch(/^.+\.$/);
  });

  test("have names of their own", () => {
    expect(new Set(vectors.cases.map((one) => one.name)).size).toBe(vectors.cases.length);
  });
});

describe("a check", () => {
  const actor: JsonObject = { type: "user", id: "u_1" };

  test("answers in proportion to what was sent", () => {
    const event: JsonObject = { type: "API_CLIENT_UPDATED", actor };
    for (let i = 0; i < 10_000; i++) event[`x${i}`] = i;
    expect(refusalOf(() => checkEvent(event, context)).issues.length).toBe(50);
    const long = "n".repeat(20_000);
    expect(refusalOf(() => checkEvent({ [long]: 1, [`${long}2`]: 1 }, context)).issues.length).toBe(1);
  });

  test("takes members that are undefined for absent ones", () => {
    const event = {
      type: "API_CLIENT_UPDATED",
      actor: { ...actor, name: undefined },
      reason: undefined,
      before: undefined,
      changes: [{ path: "/a", label: undefined, from: undefined, to: 1 }],
    };
    const { slots } = normalise(event as unknown as JsonObject, context);
    expect(slots).toEqual({ actor, changes: [{ path: "/a", to: 1 }] });
  });

  test("hands data over whole, for its schema to be checked, before anything personal leaves it", () => {
    const data = { email: "anne@example.org", x: 1 };
    const checked = checkEvent({ type: "member.moved", actor, data }, context);
    expect(checked.data).toEqual(data);
    expect(splitPersonal(checked, checked.rules).slots).toEqual({
      actor,
      data: { x: 1 },
      dataPersonal: { "/email": "anne@example.org" },
      typeVersion: 3,
    });
  });

  test("splits by the rules of another version when told to", () => {
    const checked = checkEvent({ type: "member.moved", actor, data: { email: "e" } }, context);
    const first: TypeRules = { ...checked.rules, version: 1, personal: { changes: [], data: [] } };
    expect(splitPersonal(checked, first).slots).toEqual({ actor, data: { email: "e" } });
  });
});
