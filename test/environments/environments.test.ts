/** A sample of the matrix of environments, as processes: a user who owns nothing, and a pooler in transaction mode. The night runs all rows. */
import { rmSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { afterwards } from "../support/afterwards.ts";
import { databaseKinds } from "../support/database.ts";
import { hasPgBouncer } from "../support/pgbouncer.ts";
import { makeFolder } from "../support/server-folder.ts";
import { environmentRows } from "./rows.ts";
import { look, pageOf } from "./seen.ts";
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

test("the page has a line for each row, and what was seen", () => {
  const page = pageOf(
    ["A", "B"],
    [
      {
        name: "x",
        of: [
          { text: "works", isRight: true },
          { text: "a | b\nc", isRight: false },
        ],
      },
    ],
  );
  expect(page).toContain("| environment | A | B |\n|---|---|---|\n| x | works | a \\| b c |");
});
