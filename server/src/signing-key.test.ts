/** The signing key at a start: missing, unreadable or wrong, it stops the start where it belongs, and says what it costs where it may lack. */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { afterwards } from "../../test/support/afterwards.ts";
import { emptyDatabase } from "../../test/support/database.ts";
import { configOf, serveConfig } from "./api/testing/open-server.ts";
import type { Config } from "./config/index.ts";
import { openServices } from "./open-services.ts";
import { signingKeyIn } from "./secrets/index.ts";
import { checkSigningKey } from "./signing-key.ts";

const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "daybook-key-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
const pem = (folder: string): string => join(folder, "signing-key.pem");

describe("the check", () => {
  let home: string;
  let publicKey: Uint8Array;
  beforeAll(() => {
    home = temporary();
    ({ publicKey } = signingKeyIn(home, () => {}).value);
  });
  const check = (config: Partial<Config>): string[] | string => {
    const lines: string[] = [];
    const usual = { dataFolder: home, databaseUrl: undefined, signingKey: undefined };
    try {
      checkSigningKey({ ...usual, ...config }, { publicKey }, (line) => lines.push(line));
      return lines;
    } catch (error) {
      const { code, message, remedy } = error as { code: string; message: string; remedy: string };
      expect([code, remedy]).toEqual(["config-invalid", expect.stringContaining("DAYBOOK_SIGNING_KEY=none")]);
      return message;
    }
  };
  const databaseUrl = "postgresql:///x";

  test("is silent about the right key, and writes its public half once", () => {
    expect(check({})).toEqual([]);
    const written = readFileSync(join(home, "signing-key.pub"), "utf8");
    expect(Buffer.from(written, "base64")).toEqual(Buffer.from(publicKey));
    expect(check({ databaseUrl })).toEqual([]);
  });

  test("refuses a folder without the key, if the database is there", () => {
    const dataFolder = temporary();
    expect(check({ dataFolder })).toBe(`The signing key is missing: there is no file ${pem(dataFolder)}.`);
  });

  test("lets a further process on a database of its own be without, and says what that costs", () => {
    const dataFolder = temporary();
    expect(check({ dataFolder, databaseUrl })).toEqual([expect.stringContaining("this process can't sign")]);
    expect(check({ dataFolder, databaseUrl, signingKey: "required" })).toContain("is missing");
    expect(existsSync(pem(dataFolder))).toBe(false);
  });

  test("refuses a folder that had the key, and has it no more", () => {
    const dataFolder = temporary();
    copyFileSync(pem(home), pem(dataFolder));
    expect(check({ dataFolder, databaseUrl })).toEqual([]);
    rmSync(pem(dataFolder));
    expect(check({ dataFolder, databaseUrl })).toContain("is missing");
  });

  test.each([undefined, databaseUrl])("refuses another key and a broken one (database: %s)", (url) => {
    const dataFolder = temporary();
    signingKeyIn(dataFolder, () => {});
    expect(check({ dataFolder, databaseUrl: url })).toContain(
      "is not the one that this database's logs name",
    );
    writeFileSync(pem(dataFolder), readFileSync(pem(home)).subarray(0, 60));
    expect(check({ dataFolder, databaseUrl: url })).toContain("does not contain a valid Ed25519 signing key");
    rmSync(pem(dataFolder));
    // as unreadable as a file that root reads can be
    copyFileSync(process.execPath, pem(dataFolder));
    expect(check({ dataFolder, databaseUrl: url })).toContain("does not contain a valid");
  });

  test("is off where the operator says so, and says what that costs", () => {
    for (const dataFolder of [temporary(), home])
      expect(check({ dataFolder, signingKey: "none" })).toEqual([
        "DAYBOOK_SIGNING_KEY is none: events are recorded and read as usual, but this process can't sign.",
      ]);
  });
});

test("a server with another key does not start; a command, and a server in a folder of its own, do", async () => {
  const config = configOf(await emptyDatabase("embedded"));
  await (await serveConfig(config)).close();
  const other = configOf(config.databaseUrl ?? "");
  const lines: string[] = [];
  await (await serveConfig(other, { notice: (line) => lines.push(line) })).close();
  expect(lines.join("\n")).toContain(`There is no signing key in ${other.dataFolder}`);
  signingKeyIn(other.dataFolder, () => {});
  await expect(serveConfig(other)).rejects.toMatchObject({
    code: "config-invalid",
    message: expect.stringContaining("is not the one"),
  });
  await (await openServices(other, { notice: () => {} })).close();
});

test("of two first starts with separate folders, the one that comes second keeps no key", async () => {
  const databaseUrl = await emptyDatabase("embedded");
  const configs = [configOf(databaseUrl), configOf(databaseUrl)];
  const servers = await Promise.all(configs.map((config) => serveConfig(config)));
  for (const server of servers) await server.close();
  expect(configs.map(({ dataFolder }) => existsSync(pem(dataFolder))).sort()).toEqual([false, true]);
});
