/** A sample of the matrix of environments, as processes: a user who owns nothing, and a pooler in transaction mode. The night runs all rows. */
import { readFileSync, rmSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { afterwards } from "../support/afterwards.ts";
import { databaseKinds } from "../support/database.ts";
import { hasPgBouncer } from "../support/pgbouncer.ts";
import { makeFolder } from "../support/server-folder.ts";
import { pageOf } from "./page.ts";
import { environmentGroups, environmentRows } from "./rows.ts";
import { look } from "./seen.ts";
import { type MatrixServer, startMachines } from "./servers.ts";

let server: MatrixServer;

describe.skipIf(!databaseKinds().includes("server") || !hasPgBouncer())(
  "an environment of the database",
  () => {
    beforeAll(async () => {
      const folder = makeFolder();
      server = await startMachines(folder);
      afterwards(async () => {
        await server.stop();
        rmSync(folder, { recursive: true, force: true });
      });
    });

    test.each([
      "a user who owns nothing, after `migrate --print-sql`",
      "PgBouncer, transaction mode",
      "no such database",
    ])("%s", async (name) => {
      const row = environmentRows.find((one) => one.name === name)!;
      const seen = await look(server, row, environmentRows.indexOf(row) + 1);
      expect(seen).toEqual({ text: seen.text, isRight: true });
    });
  },
);

test("the page has a table for each subject, and what the server says where it must not start", () => {
  const works = { text: "works", isRight: true };
  const refused = { text: "It has no *disk*.\nAdd <one>.", isRight: true };
  const rows = [
    { name: "x", of: [works, { text: "a | b\nc", isRight: false }] },
    { name: "y", of: [refused, refused] },
    { name: "z", of: [refused, { ...refused, text: "No." }] },
  ];
  const page = pageOf({
    servers: ["A", "B"],
    programs: ["Node 1"],
    groups: [{ title: "Disks", about: "Where disks are", rows }],
  });
  expect(page).toContain("## Disks\n\nAbout these: [Where disks are](operating.md#where-disks-are).");
  expect(page).toContain(
    "| environment | A | B |\n|---|---|---|\n| x | works | **not as it must be**: a \\| b c |",
  );
  expect(page).toContain("| y | refused | refused |\n| z | refused | refused |");
  expect(page).toContain("Refused: y\n\n> It has no \\*disk\\*.\\\n> Add \\<one\\>.\n\nRefused: z");
  expect(page).toContain("> A: It has no \\*disk\\*.\\\n> Add \\<one\\>.\n>\n> B: No.\n");
});

test("docs/environments.md has every environment, by the last whole run (npm run environments)", () => {
  const page = readFileSync(new URL("../../docs/environments.md", import.meta.url), "utf8");
  const names = [
    ...page.matchAll(/^\| (?!environment)(.+?) \| (?:works|refused) \| (?:works|refused) \|$/gm),
  ];
  expect(names.map(([, name]) => name)).toEqual(environmentRows.map(({ name }) => name));
  for (const { title } of environmentGroups) expect(page).toContain(`\n## ${title}\n`);
});
