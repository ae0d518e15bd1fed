/** The code keeps the rules, and each rule catches the fault that is planted for it. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  arrowsOf,
  circleOf,
  deadNamesOf,
  faultsOf,
  pictureOf,
  readSources,
  type SourceFile,
  unusedRulesOf,
  withoutImplied,
} from "./house.ts";
import { rules } from "./house-rules.ts";
import { literalPathsOf } from "./literal-paths.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const files = readSources(root);
const head = "/** A file that breaks a rule. */\n";

const faultsNow = new Set(faultsOf(files, rules));
/** The faults that a planted file adds to those of the house as it is. */
function faultsOfPlanted(...planted: SourceFile[]): string[] {
  return faultsOf([...files, ...planted], rules).filter((fault) => !faultsNow.has(fault));
}

test("the house has no fault", () => {
  expect([...faultsNow]).toEqual([]);
});

test("no two folders import each other in a circle", () => {
  expect(circleOf(arrowsOf(files))).toBeUndefined();
});

test("no page writes a path itself", () => {
  expect(literalPathsOf(files)).toEqual([]);
});

test("every folder has a rule, and every rule a folder", () => {
  const folders = new Set(arrowsOf(files).flatMap(({ from }) => from));
  for (const name of Object.keys(rules)) {
    if (rules[name]?.folders.length) expect([...folders], name).toContain(name);
  }
});

test("no rule allows more than is used", () => {
  expect(unusedRulesOf(arrowsOf(files), rules)).toEqual([]);
});

test("the picture of the imports in docs/house.md is up to date (npm run docs)", () => {
  const path = `${root}/docs/house.md`;
  const all = new Set(
    arrowsOf(files)
      .filter(({ to }) => /^(library|server)\//.test(to))
      .map(({ from, to }) => `${from} ${to}`),
  ).size;
  const page = `# The house\n\nWhich folder imports which, without arrows that others imply (${all} in all); made from the sources by \`npm run docs\`. There is no circle in it.\n\n\`\`\`mermaid\n${pictureOf(arrowsOf(files))}\`\`\`\n`;
  if (process.env.UPDATE_SPEC) writeFileSync(path, page);
  expect(readFileSync(path, "utf8")).toBe(page);
});

test("the picture leaves out an arrow that others imply, and no other", () => {
  const arrows = [
    ["server/a", "server/b"],
    ["server/b", "server/c"],
    ["server/a", "server/c"],
    ["server/a", "server/d"],
    ["server/a", "fastify"],
  ].map(([from = "", to = ""]) => ({ from, to }));
  expect(withoutImplied(arrows)).toEqual([
    ["server/a", "server/b"],
    ["server/a", "server/d"],
    ["server/b", "server/c"],
  ]);
});

describe("a planted fault is caught:", () => {
  test("a folder that imports one it may not: the log a reader", () => {
    const fault = {
      path: "server/src/log/planted.ts",
      text: `${head}import { searchEvents } from "../search/index.ts";\n`,
    };
    expect(faultsOfPlanted(fault)).toContain(
      "server/src/log/planted.ts: 'server/log' may not import 'server/search'",
    );
  });

  test("the api that touches the store", () => {
    const fault = {
      path: "server/src/api/planted.ts",
      text: `${head}import type { Store } from "../store/store.ts";\n`,
    };
    expect(faultsOfPlanted(fault)).toContain(
      "server/src/api/planted.ts: 'server/api' may not import 'server/store'",
    );
  });

  test("the kit of the pages that imports a feature, and a feature what puts the pages together", () => {
    const kit = {
      path: "server/src/web/kit/components/planted/planted.tsx",
      text: `${head}import { titleOf } from "../../../event-card/words.ts";\n`,
    };
    const feature = {
      path: "server/src/web/event/planted.ts",
      text: `${head}import { sendPage } from "../app/send.tsx";\n`,
    };
    expect(faultsOfPlanted(kit)).toContain(
      "server/src/web/kit/components/planted/planted.tsx: 'server/web/kit' may not import 'server/web/event-card'",
    );
    expect(faultsOfPlanted(feature)).toContain(
      "server/src/web/event/planted.ts: 'server/web/event' may not import 'server/web/app'",
    );
  });

  test("a folder of sign-in that imports one above it, or is imported past sign-in", () => {
    const below = {
      path: "server/src/sign-in/passwords/planted.ts",
      text: `${head}import { beginSession } from "../sessions/sessions.ts";\n`,
    };
    const past = {
      path: "server/src/http/planted.ts",
      text: `${head}import { beginSession } from "../sign-in/sessions/sessions.ts";\n`,
    };
    expect(faultsOfPlanted(below, past)).toEqual(
      expect.arrayContaining([
        "server/src/sign-in/passwords/planted.ts: 'server/sign-in/passwords' may not import 'server/sign-in/sessions'",
        "server/src/http/planted.ts: 'server/http' may not import 'server/sign-in/sessions'",
      ]),
    );
  });

  test("a driver that is named elsewhere than in open-services.ts", () => {
    const fault = {
      path: "server/src/people/planted.ts",
      text: `${head}const store = await import("../store/postgres/index.ts");\n`,
    };
    expect(faultsOfPlanted(fault)).toEqual([
      "server/src/people/planted.ts: 'server/people' may not import 'server/store/postgres'",
    ]);
  });

  test("a name by an address of the library, of a folder that one may not import", () => {
    const fault = {
      path: "server/src/fairness/planted.ts",
      text: `${head}import { DaybookError, leafHash } from "daybook/internal";\n`,
    };
    expect(faultsOfPlanted(fault)).toEqual([
      "server/src/fairness/planted.ts: 'server/fairness' may not import 'library/ledger'",
    ]);
    const whole = { ...fault, text: `${head}import * as all from "daybook/internal";\n` };
    expect(faultsOfPlanted(whole)).toEqual([
      "server/src/fairness/planted.ts: 'server/fairness' may not import 'library/internal'",
    ]);
  });

  test("a name of daybook/internal that nothing imports", () => {
    const address = files.find(({ path }) => path === "library/src/internal/index.ts")!;
    const planted = { ...address, text: `${address.text}export { nobodys } from "../event/index.ts";\n` };
    const others = readSources(root, ["server/src", "test", "bench"]);
    expect(deadNamesOf("daybook/internal", [address, ...others])).toEqual([]);
    expect(deadNamesOf("daybook/internal", [planted, ...others])).toEqual(["nobodys"]);
  });

  test("a package in a folder that may not use it: the library has no dependencies", () => {
    const fault = { path: "library/src/event/planted.ts", text: `${head}import Ajv from "ajv";\n` };
    expect(faultsOfPlanted(fault)).toEqual([
      "library/src/event/planted.ts: 'library/event' may not use the package 'ajv'",
    ]);
  });

  test("a folder that the rules don't know", () => {
    const fault = { path: "server/src/attic/planted.ts", text: `${head}import "node:fs";\n` };
    expect(faultsOfPlanted(fault)).toEqual([
      "server/src/attic/planted.ts: the folder 'server/attic' has no rule",
    ]);
  });

  test("an import past a folder's index.ts", () => {
    const fault = {
      path: "server/src/export/planted.ts",
      text: `${head}import { page } from "../search/page.ts";\n`,
    };
    expect(faultsOfPlanted(fault)).toEqual([
      "server/src/export/planted.ts: '../search/page.ts' goes past the index.ts of 'server/search'",
    ]);
  });

  test.each([
    ["from a file straight in src", "server/src/open-services.ts", "./search/page.ts", "server/search"],
    [
      "to an index further inside",
      "server/src/export/planted.ts",
      "../search/inner/index.ts",
      "server/search",
    ],
  ])("an import past a folder's index.ts, %s", (_what, path, specifier, folder) => {
    const fault = { path, text: `${head}import { page } from "${specifier}";\n` };
    expect(faultsOfPlanted(fault)).toContain(`${path}: '${specifier}' goes past the index.ts of '${folder}'`);
  });

  test.each([
    ["an apostrophe in a comment", 'import {\n  // not the api\'s own\n  Client,\n} from "pg";'],
    ["a semicolon in a comment", 'import { /* one; two */ Client } from "pg";'],
    ["an export", 'export {\n  // the driver\'s\n  Client,\n} from "pg";'],
    ["a star", 'export * as driver from "pg";'],
    ["single quotes", "import pg from 'pg';"],
    ["a line of its own that begins elsewhere", 'const one = 1; import pg from "pg";'],
    ["a dynamic import", 'const { Client } = await import("pg");'],
    ["a template", "const driver = await import(`pg`);"],
    ["a function of createRequire", 'const need = createRequire(import.meta.url);\nneed("pg");'],
    ["a result of createRequire", 'createRequire(import.meta.url)("pg");'],
  ])("a package in a folder that may not use it, imported with %s", (_what, code) => {
    const fault = { path: "server/src/fairness/planted.ts", text: `${head}${code}\n` };
    expect(faultsOfPlanted(fault)).toContain(
      "server/src/fairness/planted.ts: 'server/fairness' may not use the package 'pg'",
    );
  });

  test("text that only looks like an import is none", () => {
    const code = '// import pg from "pg";\nexport const text = `\n import pg from "pg"`;';
    expect(faultsOfPlanted({ path: "server/src/fairness/planted.ts", text: `${head}${code}\n` })).toEqual([]);
  });

  test("a circle of folders, though each arrow of it were allowed", () => {
    const planted = [
      { path: "library/src/error/planted.ts", text: `${head}import { diff } from "../event/index.ts";\n` },
      { path: "library/src/event/planted.ts", text: `${head}import { codes } from "../error/index.ts";\n` },
    ];
    expect(circleOf(arrowsOf(planted))).toEqual(["library/error", "library/event", "library/error"]);
    expect(faultsOfPlanted(...planted).some((fault) => fault.includes("in a circle"))).toBe(true);
  });

  test("a file of 401 lines", () => {
    const fault = { path: "server/src/log/planted.ts", text: head + "export {};\n".repeat(400) };
    expect(faultsOfPlanted(fault)).toEqual(["server/src/log/planted.ts: 401 lines, over 400"]);
  });

  test.each([
    ["a link", '<A href="/account">Account</A>', "/account"],
    ["a link to the first page", '<A href="/">Home</A>', "/"],
    ["a part of a path", `<A href={\`\${paths.organizations()}/more\`}>One</A>`, "/more"],
    ["a route", 'app.get("/orgs/:org/attic", page("events:read"), show);', "/orgs/:org/attic"],
    ["a redirect", 'return web.goTo(reply, "/sign-in");', "/sign-in"],
    ["one of two", 'const at = isOpen ? "/account" : other;', "/account"],
    ["one that is put together", 'const at = "/" + "account";', "/"],
    ["a relative one", '<A href="account/sessions">Sessions</A>', "account/sessions"],
    ["a redirect to the first page", 'return reply.redirect("/");', "/"],
    ["an address of the API", "const url = `/v1/organizations/acme`;", "/v1/organizations/acme"],
  ])("a path in a page: %s", (_what, line, path) => {
    const planted = { path: "server/src/web/event/planted.tsx", text: `${head}${line}\n` };
    expect(literalPathsOf([planted])).toContain(
      `${planted.path}: writes the path '${path}', which belongs into server/src/paths.ts`,
    );
  });

  test("a rule that allows more than is used", () => {
    const more = { folders: ["server/store"], packages: ["pg"] };
    expect(unusedRulesOf(arrowsOf(files), { "server/fairness": more })).toEqual([
      "'server/fairness' may import 'server/store', and doesn't",
      "'server/fairness' may import 'pg', and doesn't",
    ]);
  });

  test("a banned word in a folder, a file and a name", () => {
    const folder = { path: "server/src/log/utils/planted.ts", text: head };
    const file = { path: "server/src/log/event-helper.ts", text: head };
    const name = { path: "server/src/log/planted.ts", text: `${head}export const sharedThings = 1;\n` };
    const member = {
      path: "server/src/log/shape.ts",
      text: `${head}interface Shape {\n  readonly tenantId: string;\n}\n`,
    };
    expect(faultsOfPlanted(folder)).toEqual([
      "server/src/log/utils/planted.ts: the path 'utils' holds the banned word 'utils'",
    ]);
    expect(faultsOfPlanted(file)).toEqual([
      "server/src/log/event-helper.ts: the path 'event-helper' holds the banned word 'helper'",
    ]);
    expect(faultsOfPlanted(name)).toEqual([
      "server/src/log/planted.ts: the name 'sharedThings' holds the banned word 'shared'",
    ]);
    expect(faultsOfPlanted(member)).toEqual([
      "server/src/log/shape.ts: the name 'tenantId' holds the banned word 'tenant'",
    ]);
  });

  test("a file that doesn't say what it holds", () => {
    const fault = { path: "server/src/log/planted.ts", text: "export {};\n" };
    expect(faultsOfPlanted(fault)).toEqual(["server/src/log/planted.ts: doesn't open with what it holds"]);
  });
});
