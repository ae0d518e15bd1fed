/** Files of a database that is gone keep a new one from being made in its place. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { afterwards } from "../../../../test/support/afterwards.ts";
import { refuseRemains } from "./remains.ts";

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "daybook-remains-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of names) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), "x");
  }
  return folder;
}

const refuse = (dataFolder: string, folder = dataFolder): unknown => {
  const clusterFolder = join(folder, "postgres");
  try {
    refuseRemains(dataFolder, { folder, clusterFolder });
    return "made";
  } catch (error) {
    return error;
  }
};

test.each(["signing-key.pem", "signing-key.pub", "postgres.log", "postgres-settings/postgresql.conf"])(
  "%s without a database is refused, with the ways out",
  (name) => {
    const refused = refuse(folderWith(name));
    expect(refused).toMatchObject({
      code: "config-invalid",
      message: expect.stringMatching(/^The database is missing: .*postgres does not exist/),
      remedy: expect.stringContaining("daybook-server restore"),
    });
    expect(String(refused)).toContain(name.split("/")[0]);
  },
);

test("an empty folder in the place of the database, such as a mount point, is no database", () => {
  const folder = folderWith("signing-key.pem");
  mkdirSync(join(folder, "postgres"));
  expect(refuse(folder)).toMatchObject({ message: expect.stringContaining("is empty") });
});

test("a first start, prepared secrets, a database with its files, and one that is elsewhere are fine", () => {
  expect(refuse(folderWith())).toBe("made");
  expect(refuse(folderWith("operator-token", "secrets-key"))).toBe("made");
  expect(refuse(folderWith("signing-key.pem", "postgres.log", "postgres/PG_VERSION"))).toBe("made");
  expect(refuse(folderWith("signing-key.pem"), folderWith("postgres/PG_VERSION"))).toBe("made");
});
