/** Whether a process runs: also if its state can't be read, because its folders would be removed. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { isAlive } from "./process.ts";

const failing = vi.hoisted(() => ({ code: undefined as string | undefined }));
vi.mock("node:fs", async (load) => {
  const fs = await load<typeof import("node:fs")>();
  return {
    ...fs,
    readFileSync: (...args: Parameters<typeof fs.readFileSync>) => {
      if (failing.code !== undefined) throw Object.assign(new Error("refused"), { code: failing.code });
      return fs.readFileSync(...args);
    },
  };
});

test.each([
  [undefined, true],
  ["EMFILE", true],
  ["EACCES", true],
  // it ended between the two questions
  ["ENOENT", false],
  ["ESRCH", false],
])("this process, if reading its state fails with %s", (code, alive) => {
  failing.code = code;
  expect(isAlive(process.pid)).toBe(process.platform === "linux" ? alive : true);
  failing.code = undefined;
});

test("one that has ended does not", async () => {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  expect(isAlive(child.pid!)).toBe(false);
});
