/** The personal split and joining it again, for any event. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DaybookError } from "../error/index.ts";
import {
  canonicalize,
  checkEvent,
  type Json,
  type JsonObject,
  joinPersonal,
  type SlotName,
  type Slots,
  settle,
  splitPersonal,
  type TypeRules,
} from "./index.ts";

const rules: TypeRules = {
  name: "member.moved",
  version: 1,
  labels: { "/a": "A" },
  secret: { changes: ["/secret"] },
  plain: { changes: [], data: [] },
  personal: { changes: ["/person", "/a/b"], data: ["/person", "/a/b", "/a/b/c", "/l/0/name"] },
};
const context = { rules: () => rules, now: 0n };

/** Every personal string, and no other, contains this word. */
const personal = fc.nat(99).map((n) => `Anne ${n}`);
const plain = fc.oneof(
  fc.constantFrom<Json>(null, true, 1, "x"),
  fc.constant<Json>([1]),
  fc.constant<Json>({ z: 1 }),
);
const some = <T>(values: Record<string, fc.Arbitrary<T>>): fc.Arbitrary<JsonObject> =>
  fc.record(values, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;

const person = some({ name: personal, email: personal }).map(
  (rest): JsonObject => ({ type: "user", id: "u_1", ...rest }),
);
const event = fc.record(
  {
    type: fc.constant("member.moved"),
    actor: fc
      .tuple(person, fc.option(person))
      .map(([actor, other]) => (other ? { ...actor, onBehalfOf: other } : actor)),
    targets: fc.array(
      fc.oneof(
        some({ name: personal }).map((rest) => ({ type: "user", id: "u_2", ...rest })),
        some({ name: fc.constant("Register") }).map((rest) => ({ type: "api", id: "a_1", ...rest })),
      ),
      { maxLength: 4 },
    ),
    changes: fc
      .uniqueArray(
        fc.oneof(
          fc.tuple(
            fc.constantFrom("/person", "/person/x", "/a", "/a/b/0"),
            some({ from: personal.map((name) => `old ${name}`), to: personal }),
          ),
          fc.tuple(
            fc.constantFrom("/personal", "/b", "/a~1b", "/z"),
            some({ from: plain, to: fc.constant<Json>("y") }),
          ),
          fc.tuple(fc.constantFrom("/secret", "/secret/x"), some({ from: personal })),
        ),
        { selector: ([path]) => path, maxLength: 8 },
      )
      .map((changes) =>
        changes
          .map(([path, values]) => ({ path, ...values }))
          .filter((change) => "from" in change || "to" in change),
      ),
    data: some<Json>({
      person: personal,
      a: some({
        b: some<Json>({ c: personal, d: personal }) as fc.Arbitrary<Json>,
        x: plain,
      }) as fc.Arbitrary<Json>,
      l: fc.array(some<Json>({ name: personal, id: plain }), { maxLength: 1 }) as fc.Arbitrary<Json>,
      free: plain,
    }),
  },
  { requiredKeys: ["type", "actor"] },
) as fc.Arbitrary<JsonObject>;

describe("an event of any shape", () => {
  test("comes back from its slots as it was", () => {
    fc.assert(
      fc.property(event, (sent) => {
        const checked = settle(checkEvent(sent, context), rules);
        const joined = joinPersonal(splitPersonal(checked, rules).slots) as JsonObject;
        const { actor, targets, changes, data } = checked;
        const whole = Object.entries({ actor, targets, changes, data }).filter(
          ([, value]) => value !== undefined,
        );
        expect(canonicalize(joined)).toBe(canonicalize(Object.fromEntries(whole) as JsonObject));
      }),
      { numRuns: 400 },
    );
  });

  test("has nothing personal outside the slots for it, and nothing secret anywhere", () => {
    fc.assert(
      fc.property(event, (sent) => {
        const { slots } = splitPersonal(settle(checkEvent(sent, context), rules), rules);
        for (const [name, value] of Object.entries(slots) as [SlotName, Json][]) {
          if (!name.endsWith("Personal")) expect(canonicalize(value)).not.toContain("Anne");
        }
        const secrets = (slots.changes as JsonObject[] | undefined)?.filter(({ path }) =>
          /^.secret/.test(String(path)),
        );
        for (const { from = "[hidden]", to = "[hidden]", hidden } of secrets ?? []) {
          expect([from, to, hidden]).toEqual(["[hidden]", "[hidden]", true]);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("reads without what was erased, and says nothing of it", () => {
    fc.assert(
      fc.property(event, (sent) => {
        const { slots } = splitPersonal(settle(checkEvent(sent, context), rules), rules);
        const left: Slots = Object.fromEntries(
          Object.entries(slots).filter(([name]) => !name.endsWith("Personal")),
        );
        expect(canonicalize(joinPersonal(left) as JsonObject)).not.toContain("Anne");
        expect(joinPersonal({ ...slots, actor: undefined } as unknown as Slots).actor).toBeUndefined();
      }),
    );
  });
});

describe("putting personal members back", () => {
  const join = (value: Json, from: JsonObject): unknown =>
    joinPersonal({ data: value, dataPersonal: from }).data;

  test("leaves the slots as they are", () => {
    const data = { a: { x: 1 } };
    expect(join(data, { "/a/b": 2 })).toEqual({ a: { x: 1, b: 2 } });
    expect(data).toEqual({ a: { x: 1 } });
  });

  test.each<[string, Json, string]>([
    ["a member that is there already", { a: 1 }, "/a"],
    ["a parent that is not there", {}, "/a/b"],
    ["a parent that is a scalar", { a: 1 }, "/a/b"],
    ["an element of a list", { a: [1] }, "/a/0"],
    ["an element that is not there", { a: [{}] }, "/a/1/b"],
    ["a list by a name", { a: [{}] }, "/a/length/b"],
    ["a list by a number spelt otherwise", { a: [{}] }, "/a/00/b"],
    ["the whole slot", {}, ""],
    ["the prototype", {}, "/__proto__/polluted"],
  ])("refuses %s", (_, value, pointer) => {
    expect(() => join(value, { [pointer]: "x" })).toThrow(DaybookError);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
