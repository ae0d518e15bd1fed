/** Hiding, written a second time in Python from spec/ alone: both say the same of the vectors and of events of any shape. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { canonicalize, checkEvent, type JsonObject, readJson, settle, type TypeRules } from "daybook/event";
import fc from "fast-check";
import { expect, test } from "vitest";

const spec = fileURLToPath(new URL("../spec", import.meta.url));
const script = fileURLToPath(new URL("hiding.py", import.meta.url));
const vectors = JSON.parse(readFileSync(`${spec}/vectors/hiding.json`, "utf8")) as {
  types: TypeRules[];
  cases: { text: string; own?: true }[];
};
const python = spawnSync("python3", ["--version"]).status === 0;
if (!python)
  console.warn(
    "*** python3 was not found: hiding is not compared. Install it with apt-get install python3. ***",
  );

interface Case {
  readonly text: string;
  readonly own?: boolean | undefined;
}

function ours({ text, own }: Case): string {
  const event = readJson(text) as JsonObject;
  const type = vectors.types.find(({ name }) => name === event.type)!;
  const checked = checkEvent(event, { rules: () => type, now: 1_795_346_431_000_000n });
  const { actor, targets, changes, context, data, reason, producer } = settle(checked, type, { own });
  const kept = Object.entries({ actor, targets, changes, context, data, reason, producer });
  return canonicalize(Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as JsonObject);
}

function theirs(cases: readonly Case[]): string[] {
  const input = JSON.stringify({ types: vectors.types, cases });
  const { stdout, stderr } = spawnSync("python3", [script, spec], { input, maxBuffer: 2 ** 28 });
  expect(stderr.toString()).toBe("");
  return stdout.toString().trimEnd().split("\n");
}

const token = fc
  .constantFrom("ghp_", "dbk_live_", "sk-", "AKIA")
  .chain((prefix) =>
    fc
      .string({ unit: fc.constantFrom(..."AB01"), minLength: 16, maxLength: 52 })
      .map((tail) => prefix + tail),
  );
const pem = fc.constantFrom(
  "-----BEGIN PRIVATE KEY-----",
  "-----BEGIN ",
  "PRIVATE KEY-----",
  "-----BEGIN RSA PRIVATE KEY-----",
);
const text = fc.oneof(
  fc.constantFrom("", "a", "Authorization", "API_KEY", "[hidden]", "é\u{1f600}", "x y"),
  token,
  fc
    .array(fc.oneof(token, pem, fc.constantFrom(" ", "-", "_", "x")), { maxLength: 5 })
    .map((parts) => parts.join("")),
);
const name = fc.oneof(
  fc.constantFrom(
    "password",
    "Token",
    "client_secret",
    "X-API-Key",
    "value",
    "Values",
    "from",
    "old",
    "newValue",
    "plain",
  ),
  fc.constantFrom(
    "name",
    "Key",
    "header",
    "a",
    "b",
    "10",
    "9",
    "colors",
    "pairs",
    "vault",
    "pin",
    "keys",
    "material",
    "~/é",
  ),
  token,
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, 1.5, -7),
    text,
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(name, tie("value")), { maxLength: 4, selector: ([each]) => each })
      .map(Object.fromEntries),
  ),
}));
const object = fc
  .uniqueArray(fc.tuple(name, value), { maxLength: 4, selector: ([each]) => each })
  .map((members) => Object.fromEntries(members) as object);
const escaped = (each: string): string => each.replaceAll("~", "~0").replaceAll("/", "~1");
const path = fc
  .array(fc.oneof(name, fc.constantFrom("0", "-", "01")), { minLength: 1, maxLength: 4 })
  .map((names) => names.map((each) => `/${escaped(each)}`).join(""));
const change = fc
  .record({ path, from: value, to: value, label: text }, { requiredKeys: ["path"] })
  .filter((each) => "from" in each || "to" in each)
  .filter(
    (each) => !("from" in each && "to" in each) || JSON.stringify(each.from) !== JSON.stringify(each.to),
  )
  .filter(
    ({ from, to }) =>
      from === undefined || to === undefined || canonicalize(from as never) !== canonicalize(to as never),
  );
const common = {
  type: fc.constantFrom(...vectors.types.map((type) => type.name)),
  actor: fc.record({ type: fc.constant("user"), id: fc.constant("u_1"), name: text }),
  reason: text,
  data: object,
};
const optional = { requiredKeys: ["type", "actor"] as ("type" | "actor")[] };
const event = fc.oneof(
  fc.record(
    { ...common, changes: fc.uniqueArray(change, { maxLength: 4, selector: (each) => each.path }) },
    optional,
  ),
  fc.record({ ...common, before: object, after: object }, optional),
);

test.skipIf(!python)("the vectors come out the same", () => {
  expect(theirs(vectors.cases)).toEqual(vectors.cases.map(ours));
});

/** `HIDING=20000` for more. */
const count = Number(process.env.HIDING ?? 1_000);

test.skipIf(!python)(
  "events of any shape come out the same",
  () => {
    const cases = fc
      .sample(fc.tuple(event, fc.boolean()), count)
      .map(([each, own]): Case => ({ text: JSON.stringify(each), own }));
    const [second, first] = [theirs(cases), cases.map(ours)];
    const other = first.findIndex((one, i) => one !== second[i]);
    expect(second[other], cases[other]?.text).toBe(first[other]);
    expect(first.filter((one) => one.includes("[hidden]")).length).toBeGreaterThan(count / 10);
    expect(first.filter((one) => one.includes("[token ")).length).toBeGreaterThan(count / 10);
  },
  30_000 + count * 30,
);
