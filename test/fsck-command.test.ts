/** `daybook-server fsck`, as an operator runs it: its exit codes, what it prints, and --resume. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer, token } from "../server/src/api/testing/open-server.ts";
import { afterwards } from "./support/afterwards.ts";
import { type CommandResult, runCommand } from "./support/run-command.ts";

let server: TestServer;
let folder: string;
beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  folder = mkdtempSync(join(tmpdir(), "daybook-fsck-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
});

const fsck = (args: readonly string[], databaseUrl = server.databaseUrl): Promise<CommandResult> =>
  runCommand(["fsck", ...args], {
    dataFolder: folder,
    databaseUrl,
    env: { DAYBOOK_OPERATOR_TOKEN: token },
  });

test("0 and the counts if nothing differs; the last line says what only a checkpoint shows", async () => {
  const { code, stdout, stderr } = await fsck([]);
  expect([code, stdout]).toEqual([0, ""]);
  const lines = stderr.trim().split("\n");
  expect(lines.at(-2)).toBe("5 events of 2 organizations read, no differences found.");
  expect(lines.at(-1)).toMatch(/Only a checkpoint kept outside shows that\.$/);
});

test("1 and a line for each difference, as JSON with --json", async () => {
  await server.services.store.write(
    (tx) => tx.updateOrganization(1, { description: "Changed without an event" }),
    { lane: "changes", organizations: new Set([1]) },
  );
  const { code, stdout } = await fsck(["--organization", "acme", "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toEqual({
    organization: expect.stringMatching(/^org_/),
    sentence: expect.stringMatching(
      /^organization org_\w+: description, version are not what the events say\.$/,
    ),
  });
});

test("2 and a remedy if it can't check", async () => {
  const nothing = await fsck(["--resume"]);
  expect([nothing.code, nothing.stdout]).toEqual([2, ""]);
  expect(nothing.stderr).toContain("Run fsck without --resume.");
  expect((await fsck([], "postgresql://127.0.0.1:1/none")).code).toBe(2);
});
