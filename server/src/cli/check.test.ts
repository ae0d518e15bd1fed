/** What the commands add to fsck: stopping at a signal, and the file from which --resume continues. */
import { EventEmitter } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { check } from "./check.ts";
import { type PositionFile, positionFile } from "./position-file.ts";

let server: TestServer;
let file: PositionFile;
const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const folder = mkdtempSync(join(tmpdir(), "daybook-check-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  file = positionFile(folder);
});
afterAll(() => written.mockRestore());

test("a check that a signal stops is resumed from its file, which only its owner reads", async () => {
  const { store } = server.services;
  const signals = new EventEmitter();
  const stopped = await check(store, {
    signals,
    onPosition: (position) => {
      file.keep({ only: undefined, position }, true);
      signals.emit("SIGINT", "SIGINT");
    },
  });
  expect(stopped).toMatchObject({ stoppedBy: "SIGINT", organizations: 0 });
  expect(statSync(file.path).mode & 0o777).toBe(0o600);
  const { position } = file.read()!;
  const rest = await check(store, { from: position });
  expect(rest).toEqual({ stoppedBy: undefined, organizations: 2, events: 5, findings: 0 });
  file.remove();
  expect(file.read()).toBeUndefined();
});

test("a file that has no position is refused with a remedy", () => {
  writeFileSync(file.path, '{"position":{}}');
  expect(() => file.read()).toThrow("has no position of a check");
  file.remove();
});

test("a folder that can't be written only says so, once", () => {
  written.mockClear();
  const position = { after: null, organizations: 0, events: 0, findings: 0 };
  file.keep({ position }, true);
  // a file where a folder should be
  const refused = positionFile(join(file.path, "folder"));
  refused.keep({ position }, true);
  refused.keep({ position }, true);
  expect(written.mock.calls.flat().join("")).toMatch(/^[^\n]*The check can't be resumed: [^\n]*\n$/);
});
