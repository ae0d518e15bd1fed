/** The operator token and its file: at whatever point a process is killed, the next start has the working token. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freshDatabase } from "../../../test/support/database.ts";
import { configOf } from "../api/testing/open-server.ts";
import type { Config } from "../config/index.ts";
import { type OpenServices, openServices } from "../open-services.ts";
import { hashOf, replaceOperatorToken } from "./index.ts";

let config: Config;
let services: OpenServices;
const initiator = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
} as const;
const notice = (): void => {};

beforeEach(async () => {
  config = { ...configOf(await freshDatabase("embedded")), operatorToken: undefined };
  services = await openServices(config, { notice });
});
afterEach(() => services.close());

const replace = (more: Partial<Parameters<typeof replaceOperatorToken>[1]> = {}) =>
  replaceOperatorToken(config, { ...services, initiator, file: "make", ...more });
const file = (): string => readFileSync(join(config.dataFolder, "operator-token"), "utf8").trim();
const beside = (): string[] => readdirSync(config.dataFolder).filter((name) => name.includes("next"));
const works = async (token: string): Promise<boolean> =>
  Buffer.from(hashOf(token)).equals(Buffer.from((await services.store.deployment())!.operatorTokenHash));

test("of many at once, by two processes, the file holds the one that works, and nothing lies beside it", async () => {
  const other = await openServices(config, { notice });
  await Promise.all([replace(), replace(other), replace(), replace(other), replace()]);
  expect(await works(file())).toBe(true);
  expect(beside()).toEqual([]);
  await other.close();
});

test("killed before the database has it: the file keeps the old one, and the next start removes the new one", async () => {
  await replace();
  const old = file();
  const log = { change: () => Promise.reject(new Error("killed")) } as unknown as OpenServices["log"];
  writeFileSync(join(config.dataFolder, ".operator-token.next-0123456789ab"), `${"n".repeat(40)}\n`);
  // the leftover of an interrupted write
  writeFileSync(join(config.dataFolder, "..operator-token.next-0123456789ab.ba9876543210"), "n");
  await expect(replace({ log })).rejects.toThrow("killed");
  await (await openServices(config, { notice })).close();
  expect([file(), await works(file()), beside()]).toEqual([old, true, []]);
});

test("killed once the database has it: the next start puts it into the file", async () => {
  await replace();
  const old = file();
  const store = { ...services.store, write: () => Promise.reject(new Error("killed")) };
  const { token, isPlaced } = await replace({ store });
  expect([isPlaced, file(), await works(token)]).toEqual([false, old, true]);
  await (await openServices(config, { notice })).close();
  expect([file(), beside()]).toEqual([token, []]);
});

test("a data folder that can't be written is refused with a remedy, and the old token goes on working", async () => {
  const { token } = await replace();
  const within = { ...config, dataFolder: join(config.dataFolder, "operator-token", "folder") };
  await expect(replaceOperatorToken(within, { ...services, initiator, file: "make" })).rejects.toMatchObject({
    code: "operator-token-fixed",
    message: expect.stringContaining("can't be written"),
    remedy: expect.stringContaining("data folder"),
  });
  expect(await works(token)).toBe(true);
});

test("a token that no longer works replaces none, though it was let in a moment before", async () => {
  const { token } = await replace();
  const shownHash = hashOf("another token that was replaced meanwhile");
  await expect(replace({ shownHash })).rejects.toMatchObject({ code: "not-authenticated" });
  expect([file(), await works(token), beside()]).toEqual([token, true, []]);
});
