/** When a server starts again with more room for garbage. test/restart.test.ts shows that it does. */
import { expect, test } from "vitest";
import { wantsRestart } from "./restart.ts";

const usual = { platform: "linux", execArgv: [], env: {}, memory: 4 * 1024 ** 3 } as const;

test.each([
  ["usually", {}, true],
  ["with other flags", { execArgv: ["--enable-source-maps"] }, true],
  ["on macOS", { platform: "darwin" }, true],
  ["on Windows", { platform: "win32" }, false],
  ["with its flag, so that it starts again only once", { execArgv: ["--max-semi-space-size=64"] }, false],
  ["with another size", { execArgv: ["--max_semi_space_size=16"] }, false],
  ["with a size in NODE_OPTIONS", { env: { NODE_OPTIONS: "--no-warnings --max-semi-space-size=16" } }, false],
  ["with a debugger", { execArgv: ["--inspect-brk=127.0.0.1:9229"] }, false],
  ["with a debugger in NODE_OPTIONS", { env: { NODE_OPTIONS: "--inspect" } }, false],
  ["with less than 1 GiB of memory", { memory: 1024 ** 3 - 1 }, false],
] as const)("%s", (_, start, wants) => {
  expect(wantsRestart({ ...usual, ...start })).toBe(wants);
});
