/** Hiding, for values of any shape. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hideIn } from "./hide.ts";
import {
  canonicalize,
  checkEvent,
  hideTokens,
  type Json,
  type JsonObject,
  newestRules,
  settle,
} from "./index.ts";
import { fold, secretNames1 } from "./secret-names.ts";

const hiding = { rules: newestRules, byName: true, plain: [] };
const hide = (value: Json): Json => hideIn(value, { pointer: "", under: false }, hiding);

const token = fc
  .string({ unit: fc.constantFrom(..."abcXYZ019"), minLength: 36, maxLength: 40 })
  .map((tail) => `ghp_${tail}`);
/** A name in one of its spellings. */
const spelt = (name: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom("", "_", "-"), fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }))
    .map(([mark, upper]) =>
      [...name].map((letter, i) => (upper[i] ? letter.toUpperCase() + mark : letter)).join(""),
    );
const secretName = fc.constantFrom(...secretNames1.secret).chain(spelt);
const name = fc.oneof(
  secretName,
  token,
  fc.constantFrom("value", "from", "old", "name", "key", "Header", "a", "b", "id", "10", "9", "~/"),
);
/** All secrets contain this word. */
const scalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, "", 7, "plain text", "Authorization", "[hidden]"),
  token,
  fc.nat(99).map((n) => `text ${n}`),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(name, tie("value")), { maxLength: 4, selector: ([each]) => each })
      .map(Object.fromEntries),
  ) as fc.Arbitrary<Json>,
}));

/** The same value with its members in reverse order. */
const turned = (json: Json): Json =>
  typeof json !== "object" || json === null
    ? json
    : Array.isArray(json)
      ? json.map(turned)
      : Object.fromEntries(
          Object.entries(json)
            .reverse()
            .map(([key, each]) => [key, turned(each)]),
        );

/** Walks both in parallel: calls `visit` with each member of the sent object, and its result. */
function walk(sent: Json, kept: Json, visit: (name: string, sent: Json, kept: Json) => void): void {
  if (typeof sent !== "object" || sent === null) return;
  if (typeof kept !== "object" || kept === null) return;
  if (Array.isArray(sent)) {
    for (const [i, item] of sent.entries()) walk(item, (kept as Json[])[i]!, visit);
    return;
  }
  const names = Object.keys(kept);
  for (const [i, key] of Object.keys(sent).entries()) {
    visit(key, sent[key]!, (kept as JsonObject)[names[i]!]!);
    walk(sent[key]!, (kept as JsonObject)[names[i]!]!, visit);
  }
}

describe("hiding a value of any shape", () => {
  test("leaves no text, number or list of them under a secret name", () => {
    const isText = (json: Json): boolean => typeof json === "string" || typeof json === "number";
    fc.assert(
      fc.property(value, (sent) => {
        walk(sent, hide(sent), (key, before, after) => {
          if (!secretNames1.secret.includes(fold(key))) return;
          const isAll = Array.isArray(before) && before.length > 0 && before.every(isText);
          if (isText(before) || isAll) expect(after).toBe("[hidden]");
        });
      }),
      { numRuns: 1000 },
    );
  });

  test("leaves no token in a text or a name", () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(canonicalize(hide(sent))).not.toMatch(/ghp_[0-9A-Za-z]{32}/);
      }),
      { numRuns: 500 },
    );
  });

  test("is done once: hidden again, nothing changes", () => {
    fc.assert(
      fc.property(value, (sent) => {
        const once = hide(sent);
        expect(canonicalize(hide(once))).toBe(canonicalize(once));
      }),
      { numRuns: 1000 },
    );
  });

  test("doesn't depend on the order of members", () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(canonicalize(hide(turned(sent)))).toBe(canonicalize(hide(sent)));
      }),
      { numRuns: 1000 },
    );
  });

  test("keeps members, lists, null, true and false, and alters nothing of what it was given", () => {
    fc.assert(
      fc.property(value, (sent) => {
        const before = canonicalize(sent);
        const kept = hide(sent);
        walk(sent, kept, (_, was, is) => {
          if (was === null || typeof was === "boolean") expect(is).toBe(was);
          else if (!Array.isArray(was) && typeof was === "object") {
            expect(Object.keys(is as JsonObject)).toHaveLength(Object.keys(was).length);
          } else if (Array.isArray(was) && Array.isArray(is)) expect(is).toHaveLength(was.length);
        });
        expect(canonicalize(sent)).toBe(before);
      }),
      { numRuns: 500 },
    );
  });

  test("gives back the value itself where nothing is hidden", () => {
    const sent = { a: [{ b: "c" }, 1, null], name: "Accept", value: "x" };
    expect(hide(sent)).toBe(sent);
  });
});

test("the page says what isn't recognised, and what is taken for a pair that is none", () => {
  for (const json of [
    { patch: [{ op: "replace", path: "/password", value: "seen" }] },
    { rawHeaders: ["Host", "a.example", "Authorization", "seen"] },
    { headers: [["Cookie", ["seen"]]] },
    { apiKeys: { seen: true } },
    { DB_PASSWORD_1: "seen", env: "DB_PASSWORD=seen", url: "https://u:seen@a.example" },
  ])
    expect(hide(json), JSON.stringify(json)).toBe(json);
  const schema = { schema: { required: ["password", "email"] } };
  expect(hide(schema)).toEqual({ schema: { required: ["password", "[hidden]"] } });
  const plain = { ...hiding, plain: ["/schema/required/1"] };
  expect(hideIn(schema, { pointer: "", under: false }, plain)).toBe(schema);
});

describe("hiding tokens in a text", () => {
  test("leaves what lies between them, and takes equal ones for equal", () => {
    const between = fc.constantFrom(" ", ", ", "é", "\n", '"');
    const texts = fc.array(fc.tuple(token, between), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(texts, (parts) => {
        const hidden = hideTokens(parts.map(([each, gap]) => each + gap).join(""));
        const found = [...hidden.matchAll(/\[token [0-9a-f]{12}\]/g)].map(([each]) => each);
        expect(hidden.replaceAll(/\[token [0-9a-f]{12}\]/g, "")).toBe(parts.map(([, gap]) => gap).join(""));
        expect(new Set(found).size).toBe(new Set(parts.map(([each]) => each)).size);
      }),
    );
  });

  test("never grows, and takes no longer for texts that are made to be slow", () => {
    const slow = [
      "dbk_".repeat(16_000),
      "-".repeat(64_000),
      "-----BEGIN PRIVATE KEY-----".repeat(2_300),
      "-----BEGIN ".repeat(5_800),
      `-----BEGIN ${"A".repeat(60_000)}`,
      "sk-".repeat(21_000),
      "xoxe.xoxp-".repeat(6_400),
      `ghp_${"a".repeat(36)} `.repeat(1_500),
      "_".repeat(64_000),
    ];
    for (const text of slow) {
      const start = process.cpuUsage();
      expect(hideTokens(text).length).toBeLessThanOrEqual(text.length);
      const { user } = process.cpuUsage(start);
      expect(user, text.slice(0, 30)).toBeLessThan(250_000);
    }
  });
});

describe("settling an event", () => {
  const secret = `ghp_${"a".repeat(36)}`;
  const type = {
    name: "a.b",
    version: 1,
    labels: {},
    secret: { changes: [] },
    personal: { changes: [], data: [] },
    plain: { changes: [], data: [] },
  };

  test("looks at every text that an event can have", () => {
    const party = { type: "user", id: secret, name: secret, email: secret };
    const event = {
      type: "a.b",
      actor: { ...party, onBehalfOf: party },
      targets: [{ type: "api", id: secret, name: secret }],
      reason: secret,
      context: {
        ip: secret,
        userAgent: secret,
        requestId: secret,
        correlationId: secret,
        traceparent: secret,
        interface: "api",
        adjusted: [`/data/${secret}`],
      },
      producer: { id: secret, n: 1, externalId: secret },
      changes: [{ path: `/${secret}`, label: secret, from: secret, to: [secret] }],
      data: { [secret]: secret },
    };
    const settled = settle(checkEvent(event, { rules: () => type, now: 0n }), type);
    const { actor, targets, changes, context, data, reason, producer } = settled;
    const kept = { actor, targets, changes, context, data, reason, producer };
    expect(JSON.stringify(kept)).not.toContain("ghp_");
    // each text alone too: none depends on another that is hidden
    const parts = [
      { actor: { type: "user", id: secret } },
      { actor: { type: "user", id: "a", name: secret } },
      { actor: { type: "user", id: "a", email: secret } },
      { actor: { type: "user", id: "a", onBehalfOf: { type: "user", id: "b", email: secret } } },
      {
        targets: [
          { type: "api", id: "a" },
          { type: "api", id: "b", name: secret },
        ],
      },
      ...["ip", "userAgent", "requestId", "correlationId", "traceparent"].map((name) => ({
        context: { [name]: secret },
      })),
      { context: { adjusted: [`/data/${secret}`] } },
      { producer: { id: "a", externalId: secret } },
    ];
    for (const part of parts) {
      const one = { type: "a.b", actor: { type: "user", id: "a" }, ...part };
      const {
        states: _,
        rules: __,
        occurredAt: ___,
        ...rest
      } = settle(checkEvent(one as JsonObject, { rules: () => type, now: 0n }), type);
      expect(JSON.stringify(rest), JSON.stringify(part)).not.toContain("ghp_");
    }
  });

  test("cuts a long user agent before a placeholder, never within", () => {
    const userAgent = `${"x".repeat(500)} ${secret} and more`;
    const event = { type: "a.b", actor: { type: "user", id: "a" }, context: { userAgent } };
    const { context } = settle(checkEvent(event, { rules: () => type, now: 0n }), type);
    expect(context!.userAgent).toBe(`${"x".repeat(500)} `);
  });
});
