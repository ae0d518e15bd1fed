/** Tests of the whole catalogue: the names, and what applies to every type. */

import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, test } from "vitest";
import {
  type EventInput,
  isOurType,
  isTargetType,
  type Json,
  type JsonObject,
  newestRules,
  normalise,
  pointerNames,
  readJson,
  reservedDataMembers,
  sameJson,
} from "../event/index.ts";
import { comingTypeNames, eventType, eventTypes } from "./catalogue.ts";
import type { EventType } from "./event-type.ts";
import { cardRows, placeholders, sentence } from "./sentence.ts";
import { title } from "./telling.ts";

const foundingNames = `
API_CLIENT_ADDED API_CLIENT_UPDATED API_CLIENT_REVOKED API_CLIENT_DELETED
API_LIFECYCLE API_RENAME API_SAVED API_TRANSFER DOMAIN_LIFECYCLE DOMAIN_SAVED DOMAIN_TRANSFER FORK_API FORK_DOMAIN
NEW_API NEW_API_VERSION NEW_DOMAIN NEW_DOMAIN_VERSION NEW_DRAFT_API NEW_DRAFT_DOMAIN REMOVE_API REMOVE_API_VERSION
REMOVE_DOMAIN REMOVE_DRAFT_API REMOVE_DRAFT_DOMAIN REMOVE_DOMAIN_VERSION RENAME_DOMAIN
ACCEPT_ORG_MEMBER_INVITE BILLING_CHANGE NEW_COLLABORATION NEW_ORGANIZATION_MEMBER NEW_TEAM NEW_TEAM_MEMBER
ORGANIZATION_CHANGE PRODUCT_PLAN_CHANGE PRODUCT_PLAN_CANCELLATION_SCHEDULED REMOVE_COLLABORATION
REMOVE_ORGANIZATION_MEMBER REMOVE_TEAM REMOVE_TEAM_MEMBER SUBSCRIPTION_ASSIGNED SUBSCRIPTION_REMOVED
UPDATE_ORGANIZATION_MEMBER`
  .trim()
  .split(/\s+/);
const otherProducerNames = [
  "API_CLIENT_EXPIRED",
  "API_CLIENT_EXPIRES_SOON",
  "API_CLIENT_TOKEN_ROTATED",
  "API_CLIENT_REFUSED",
];
const serverNames = `
LOG_OPENED LOG_KEY_ADDED LOG_CLOCK_CORRECTED INTEGRITY_CHECKED AUDIT_LOG_DOWNLOADED AUDIT_LOG_DOWNLOAD_REFUSED ORGANIZATION_ADDED
ORGANIZATION_CLOSED INVITATION_WITHDRAWN TEAM_RENAMED SIGN_IN SIGN_IN_REFUSED SESSIONS_ENDED PASSWORD_CHANGED
SECOND_FACTOR_ADDED SECOND_FACTOR_REMOVED PERSONAL_TOKEN_ADDED PERSONAL_TOKEN_REMOVED SIGN_IN_LINK_ISSUED USER_ADDED USER_CHANGED VIEWER_SESSION_OPENED VIEWER_SESSION_ENDED OPERATOR_ADDED OPERATOR_REMOVED OPERATOR_TOKEN_REPLACED EVENT_TYPE_REGISTERED VIEW_SAVED VIEW_REMOVED`
  .trim()
  .split(/\s+/);

describe("the names", () => {
  test("are the 42 of the founding documents, four more of API clients, and ours", () => {
    expect(foundingNames).toHaveLength(42);
    const all = [...foundingNames, ...otherProducerNames, ...serverNames];
    expect(eventTypes.map((type) => type.name).sort()).toEqual(all.sort());
  });

  test("find their types, and no others do", () => {
    for (const type of eventTypes) expect(eventType(type.name)).toBe(type);
    for (const name of ["API_CLIENT_REVOKE", "invoice.paid", "constructor", ""])
      expect(eventType(name)).toBeUndefined();
  });

  test("of producers are all but ours", () => {
    const written = eventTypes.filter((type) => type.writer === "server").map((type) => type.name);
    expect(written.sort()).toEqual([...serverNames].sort());
  });
});

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const validators = new Map<string, ValidateFunction>(
  eventTypes.flatMap((type) => (type.data === null ? [] : [[type.name, ajv.compile(type.data)]])),
);

/** Every object schema within a schema. */
function objectsIn(schema: Json | undefined): JsonObject[] {
  if (typeof schema !== "object" || schema === null) return [];
  const inside = Object.values(schema).flatMap((part) => objectsIn(part));
  return !Array.isArray(schema) && schema.type === "object" ? [schema, ...inside] : inside;
}

const clone = (value: Json): JsonObject => structuredClone(value) as JsonObject;
const wrongs: readonly Json[] = [null, 7.5, "", "\u0001 ", true, [], {}, [[]]];

/** Every copy of `data` with one wrong member, and the change. */
function* mutants(schema: JsonObject, data: JsonObject, at = ""): Generator<[string, JsonObject]> {
  yield [`${at} with an unknown member`, { ...data, unknownMember: 1 }];
  for (const name of (schema.required ?? []) as string[]) {
    const { [name]: _, ...rest } = data;
    yield [`${at}/${name} missing`, rest];
  }
  const properties = schema.properties as Record<string, JsonObject>;
  for (const [name, value] of Object.entries(data)) {
    const part = properties[name]!;
    for (const wrong of wrongs)
      if (!ajv.validate(part, wrong))
        yield [`${at}/${name} ${JSON.stringify(wrong)}`, { ...data, [name]: wrong }];
    const inner = objectsIn(part)[0];
    if (inner !== undefined && typeof value === "object" && value !== null && !Array.isArray(value))
      for (const [what, mutant] of mutants(inner, value, `${at}/${name}`))
        yield [what, { ...data, [name]: mutant }];
  }
}

/** Whether the schema requires, or declares, the member that a pointer into `data` names. */
function declared(schema: JsonObject, names: readonly string[]): boolean {
  const [name, ...rest] = names;
  if (name === undefined) return true;
  return objectsIn(schema)
    .slice(0, 1)
    .some((object) => {
      const part = (object.properties as JsonObject)[name];
      return part !== undefined && (rest.length === 0 || declared(part as JsonObject, rest));
    });
}

const titlesOf = (type: EventType): string[] => [
  ...new Set([type.title, ...type.variants.flatMap(({ title }) => title ?? [])]),
];
/** OWNER, SETUP_LINK; names of this form are words. */
const code = /\b(?!API\b)[A-Z][A-Z_]{2,}\b/;

/** The example of a type, once for each value of its codes, with each outcome. */
function* tellings({ example, data }: EventType): Generator<EventInput> {
  const members = Object.entries((data?.properties ?? {}) as Record<string, JsonObject>);
  const choices = members.flatMap(([name, schema]): JsonObject[] => {
    const values = (schema.enum as string[] | undefined) ?? (schema.type === "boolean" ? [true, false] : []);
    return values.map((value) => ({ [name]: value }));
  });
  for (const choice of [{}, ...choices])
    for (const outcome of ["success", "denied", "failed"] as const)
      yield { ...example, outcome, ...(data === null ? {} : { data: { ...example.data, ...choice } }) };
}

describe.each(eventTypes.map((type) => [type.name, type] as const))("%s", (name, type) => {
  const data = type.example.data;

  test("has words of its own", () => {
    expect(isOurType(name)).toBe(true);
    expect([type.version, type.since]).toEqual([1, "0.1.0"]);
    expect(type.title).toMatch(/^[A-Z]/);
    expect(type.description).toMatch(/^[A-Z].*\.$/);
    const isOnly = (text: string): boolean =>
      eventTypes.filter((other) => titlesOf(other).includes(text)).length === 1;
    expect(titlesOf(type).filter((text) => !isOnly(text))).toEqual([]);
    for (const target of type.firstTarget) expect(isTargetType(target)).toBe(true);
  });

  test("has sentences that name the actor and nothing that an event may lack", () => {
    const required = (type.data?.required ?? []) as string[];
    const kept = required.filter((member) => !type.personal.data.includes(`/${member}`));
    const known = [
      "actor",
      ...(type.firstTarget.length > 0 ? ["target"] : []),
      ...kept.map((member) => `data.${member}`),
    ];
    for (const { when, ...words } of [{ ...type, when: [] }, ...type.variants]) {
      const there = when.map(({ path }) => path.slice(1).replaceAll("/", "."));
      for (const text of [words.sentence, words.refusedSentence].filter((text) => text !== undefined)) {
        expect(placeholders(text)).toContain("actor");
        expect([...known, ...there]).toEqual(expect.arrayContaining(placeholders(text)));
        expect(text).not.toMatch(/\.$/);
      }
    }
    expect(sentence(type.example, type)).not.toMatch(/[{}?]|something/);
  });

  test("has variants whose conditions its events can meet, and none that another hides", () => {
    for (const { when } of type.variants)
      for (const condition of when) {
        const names = pointerNames(condition.path);
        if (names[0] !== "data") continue;
        expect(declared(type.data!, names.slice(1)), condition.path).toBe(true);
        const schema = (type.data!.properties as Record<string, JsonObject>)[names[1]!]!;
        if ("is" in condition) expect(ajv.validate(schema, condition.is), condition.path).toBe(true);
      }
    for (const [n, { when }] of type.variants.entries())
      for (const earlier of type.variants.slice(0, n))
        expect(earlier.when.every((one) => when.some((each) => sameJson(each as never, one as never)))).toBe(
          false,
        );
  });

  test("says what happened for each value of its codes, whatever the outcome, and no code as it is", () => {
    for (const event of tellings(type)) {
      const happened = title(event, type);
      expect(happened).not.toMatch(code);
      expect(sentence(event, type)).not.toMatch(code);
      if (event.outcome === "success") expect(happened).not.toMatch(/ or |^Tried/);
      else expect(happened).toMatch(/^Tried to |refused$|did not expire$/);
    }
  });

  test("takes data with exactly the members of its schema", () => {
    for (const reserved of reservedDataMembers)
      expect(Object.keys(type.data?.properties ?? {})).not.toContain(reserved);
    for (const object of objectsIn(type.data ?? undefined)) {
      expect(object.additionalProperties).toBe(false);
      expect(Object.keys(object.properties as JsonObject)).toEqual(
        expect.arrayContaining((object.required ?? []) as string[]),
      );
    }
    expect(JSON.stringify(type.data)).not.toMatch(/"(password|token|secret)":/i);
  });

  test("has an example that is valid, and is refused for every wrong field", () => {
    expect(type.example.type).toBe(name);
    const first = type.example.targets?.[0];
    if (type.firstTarget.length > 0) expect(type.firstTarget).toContain(first?.type);
    const validate = validators.get(name);
    if (validate === undefined || type.data === null) {
      expect(data).toBeUndefined();
      return;
    }
    expect(validate(data), JSON.stringify(validate.errors)).toBe(true);
    const all = [...mutants(type.data, clone(data!))];
    expect(all.length).toBeGreaterThan(3);
    for (const [what, mutant] of all) expect(validate(mutant), what).toBe(false);
  });

  test("has a card whose rows lie in the example, or are optional", () => {
    for (const row of cardRows(type.example, type)) {
      expect(row.path).toMatch(/^\/data\//);
      for (const path of [row.path, row.was ?? row.path])
        expect(declared(type.data!, pointerNames(path).slice(1)), path).toBe(true);
    }
  });

  test("marks as personal only members that its schema declares, as secret only changes with a label", () => {
    for (const path of type.personal.data) expect(declared(type.data!, pointerNames(path)), path).toBe(true);
    for (const path of [...type.secret.changes, ...type.personal.changes])
      expect(type.labels).toHaveProperty([path]);
    for (const email of Object.keys((type.data?.properties as JsonObject) ?? {}).filter(
      (each) => each === "email",
    ))
      expect(type.personal.data).toContain(`/${email}`);
  });

  test("declares no member of data that is called like a secret, unless it is plain or only Daybook writes it", () => {
    if (type.writer === "server" || type.data === null) return;
    const names = Object.keys((type.data.properties as JsonObject) ?? {});
    const secret = names.filter((each) => newestRules.names.isSecret(each));
    expect(secret.filter((each) => !type.plain.data.includes(`/${each}`))).toEqual([]);
  });

  test("has an example that normalises, and is left as it was", () => {
    const before = JSON.stringify(type.example);
    const now = 1_795_346_431_000_000n;
    const writer = type.example.actor.id === "daybook" ? "server" : type.writer;
    const context = { rules: eventType, now, writer } as const;
    const normal = normalise(readJson(before) as JsonObject, context);
    expect(normal.type).toBe(name);
    expect(normal.slots.typeVersion).toBeUndefined();
    normalise(type.example as unknown as JsonObject, context);
    expect(JSON.stringify(type.example)).toBe(before);
  });
});

test("the card of an API client has exactly its name and expiry date", () => {
  for (const name of foundingNames.slice(0, 4)) {
    const type = eventType(name)!;
    expect(type.card.map((row) => row.label)).toEqual(["Client name", "Expiry date"]);
  }
});

test("what decides the bytes of an event is as the worked example of the format has it", () => {
  expect(eventType("API_CLIENT_UPDATED")!.labels["/name"]).toBe("Client name");
  expect(eventType("UPDATE_ORGANIZATION_MEMBER")).toMatchObject({
    labels: { "/email": "Email", "/role": "Role", "/password": "Password" },
    secret: { changes: ["/password"] },
    personal: { changes: ["/email"], data: ["/email"] },
  });
});

interface Vector {
  leaves: { producerText: string; slots: Record<string, { value: Json }> }[];
}

test("the slots of the worked example come out of the catalogue's own labels and marks", () => {
  const file = new URL("../../../spec/vectors/leaf.json", import.meta.url);
  const { leaves } = JSON.parse(readFileSync(file, "utf8")) as Vector;
  expect(leaves).toHaveLength(3);
  for (const { producerText, slots } of leaves) {
    const event = readJson(producerText) as JsonObject;
    expect(validators.get(event.type as string)?.(event.data)).toBe(true);
    const { writer } = eventType(event.type as string)!;
    const normal = normalise(event, { rules: eventType, now: 1_795_346_431_000_000n, writer });
    const wanted = Object.entries(slots).filter(([name]) => name !== "recordedBy");
    expect(JSON.parse(JSON.stringify(normal.slots))).toEqual(
      Object.fromEntries(wanted.map(([name, { value }]) => [name, value])),
    );
  }
});

test("names that are kept for later are names of ours that no type has yet, each once", () => {
  expect(new Set(comingTypeNames).size).toBe(comingTypeNames.length);
  for (const name of comingTypeNames) {
    expect(name).toMatch(/^[A-Z][A-Z0-9_]{1,63}$/);
    expect(eventType(name), name).toBeUndefined();
  }
});

test("nobody can change the catalogue", () => {
  expect(() => {
    (eventType("API_RENAME")!.data as { type: string }).type = "array";
  }).toThrow(TypeError);
});
