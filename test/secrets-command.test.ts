/**
 * `daybook-server secrets rotate`, as an operator runs it beside a server: once, several times in parallel, killed half way, and with the
 * wrong key. No secret is ever lost.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { configOf, serveConfig, type TestServer } from "../server/src/api/testing/open-server.ts";
import type { Config } from "../server/src/config/index.ts";
import { openSecretsKeys } from "../server/src/secrets/index.ts";
import { anywhere } from "../server/src/store/testing/anywhere.ts";
import { freshDatabase } from "./support/database.ts";
import { totp } from "./support/totp.ts";

const bin = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));
const many = 150;
/** Each start of a process takes its time on a busy machine. */
vi.setConfig({ testTimeout: 300_000 });
const clientSecret = "openid-client-secret-of-the-tests";
const anne = { email: "anne@acme.example", password: "correct horse battery staple" };

let config: Config;
let server: TestServer;
let secret = "";
/** What the rows of second factors hold, decrypted, by user. */
let kept: Map<number, string>;

beforeAll(async () => {
  config = { ...configOf(await freshDatabase("embedded")), operatorToken: undefined };
  server = await serveConfig(config);
  const cookie = await setUpAnne();
  const offered = (await server.call("GET", "/v1/account/second-factor/offer", undefined, { cookie })).body;
  secret = offered.secret;
  const shown = { offer: offered.offer, code: totp(secret, -1) };
  expect((await server.call("POST", "/v1/account/second-factor", shown, { cookie })).status).toBe(201);
  await addOthers();
  kept = await decrypted();
});
afterAll(() => server?.close());

const keysFile = (): string => join(config.dataFolder, "secrets-key");
let keysBefore = "";
beforeEach(() => {
  keysBefore = readFileSync(keysFile(), "utf8");
});

async function setUpAnne(): Promise<string> {
  const code = readFileSync(join(config.dataFolder, "set-up-link"), "utf8").trim().split("#")[1];
  const { headers } = await server.call("POST", "/v1/set-up", { ...anne, name: "Anne Wilson", code });
  return (headers.get("set-cookie") ?? "").split(";")[0] ?? "";
}

const keysNow = (): ReturnType<typeof openSecretsKeys> =>
  openSecretsKeys({
    configured: undefined,
    dataFolder: config.dataFolder,
    databaseKeyId: null,
    warn: () => {},
  });

async function addOthers(): Promise<void> {
  const { sealer } = keysNow();
  await server.services.store.write(async (tx) => {
    for (let one = 0; one < many; one++) {
      const id = randomBytes(13).toString("hex");
      const account = { email: `${id}@acme.example`, name: id, password: null, issuer: null, subject: null };
      const { userId } = await tx.insertUser({ ...account, id: `user_${id}`, isOperator: false });
      const sealed = sealer.seal(`SECRET${one}`, { purpose: "totp", row: `factor_${id}` });
      await tx.insertSecondFactor({ userId, id: `factor_${id}`, kind: "TOTP", sealed, lastStep: 0n });
    }
  }, anywhere);
}

const factors = () => server.services.store.secondFactors(-1, 1_000);

async function decrypted(): Promise<Map<number, string>> {
  const { sealer } = keysNow();
  return new Map(
    (await factors()).map(({ userId, id, sealed }) => [
      userId,
      sealer.open(sealed, { purpose: "totp", row: id }),
    ]),
  );
}

/** Every secret is what it was, by the first key of the file, which is the one that the database names. */
async function expectRotated(): Promise<void> {
  expect(await decrypted()).toEqual(kept);
  const { sealer, keyId } = keysNow();
  expect((await factors()).filter(({ sealed }) => !sealer.isCurrent(sealed))).toEqual([]);
  expect((await server.services.store.deployment())?.secretsKeyId).toBe(keyId);
}

const lines = (): string[] => readFileSync(keysFile(), "utf8").trimEnd().split("\n");

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; printed: string }>;
}

function rotate(more: Record<string, string> = {}): Started {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: config.databaseUrl,
    DAYBOOK_DATA: config.dataFolder,
    ...more,
  };
  const child = spawn(process.execPath, [bin, "secrets", "rotate"], { env });
  let printed = "";
  const keep = (chunk: Buffer): void => {
    printed += chunk;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return { child, ended: once(child, "close").then(([code]) => ({ code, printed })) };
}

/** With a code of the app that wasn't used yet; the status. */
async function signIn(steps: number): Promise<number> {
  const { headers } = await server.call("POST", "/v1/sign-in", anne, { authorization: "" });
  const cookie = /daybook-half=[^;]+/.exec(headers.getSetCookie().join("\n"))?.[0] ?? "";
  const code = totp(secret, steps);
  return (await server.call("POST", "/v1/sign-in/second-factor", { code }, { authorization: "", cookie }))
    .status;
}

test("every secret is encrypted by a new key, which a running server takes up, and no key is printed", async () => {
  const { code, printed } = await rotate({
    DAYBOOK_OPENID_ISSUER: "https://id.example",
    DAYBOOK_OPENID_CLIENT_ID: "daybook",
    DAYBOOK_OPENID_CLIENT_SECRET: clientSecret,
    DAYBOOK_PUBLIC_URL: "https://daybook.example",
  }).ended;
  expect(code, printed).toBe(0);
  expect(printed).toContain(`A new key is in ${keysFile()}, in front of the old one.`);
  expect(printed).toContain(`${many + 1} secrets are encrypted with the new key.`);
  expect(lines()).toHaveLength(2);
  expect(lines()[1]).toBe(keysBefore.trim());
  expect(statSync(keysFile()).mode & 0o777).toBe(0o600);
  for (const hidden of [...lines(), clientSecret, ...kept.values()]) expect(printed).not.toContain(hidden);
  await expectRotated();
  expect(await signIn(0)).toBe(200);
});

/** While the deployment's row is locked; `waiting` says how many wait for a lock. */
async function holdingTheRow(work: (waiting: () => Promise<number>) => Promise<void>): Promise<void> {
  const [holder, looker] = [1, 2].map(() => new pg.Client({ connectionString: config.databaseUrl })) as [
    pg.Client,
    pg.Client,
  ];
  await Promise.all([holder.connect(), looker.connect()]);
  const sql =
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
  try {
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM deployment FOR UPDATE");
    // within a transaction this view stays as it was first read
    await work(async () => (await looker.query(sql)).rows[0].n);
  } finally {
    await Promise.all([holder.end(), looker.end()]);
  }
}

test("of several at once, none loses the key of another", async () => {
  const started = [rotate(), rotate()];
  await holdingTheRow(async (waiting) => {
    while ((await waiting()) === 0 && started.every(({ child }) => child.exitCode === null)) await sleep(20);
    expect(readFileSync(keysFile(), "utf8")).toBe(keysBefore);
  });
  const ran = await Promise.all(started.map(({ ended }) => ended));
  expect(
    ran.map(({ code }) => code),
    ran.map(({ printed }) => printed).join("\n"),
  ).toEqual([0, 0]);
  expect(lines().slice(2).join("\n")).toBe(keysBefore.trim());
  expect(new Set(lines()).size).toBe(lines().length);
  await expectRotated();
});

test("killed half way nothing is lost, and the next one ends what it began", async () => {
  let halfWay = 0;
  for (let round = 0; round < 8 && halfWay < 2; round++) {
    const before = readFileSync(keysFile(), "utf8");
    const { child, ended } = rotate();
    while (readFileSync(keysFile(), "utf8") === before && child.exitCode === null) await sleep(1);
    await sleep(round * 5);
    child.kill("SIGKILL");
    await ended;
    expect(await decrypted()).toEqual(kept);
    const { sealer } = keysNow();
    const done = (await factors()).filter(({ sealed }) => sealer.isCurrent(sealed)).length;
    if (done < kept.size) halfWay++;
  }
  expect(halfWay).toBeGreaterThan(0);
  const { code, printed } = await rotate().ended;
  expect(code, printed).toBe(0);
  await expectRotated();
});

test("a file with another deployment's key is refused and stays as it is", async () => {
  const wrong = `${randomBytes(32).toString("base64")}\n`;
  writeFileSync(keysFile(), wrong);
  const { code, printed } = await rotate().ended;
  expect(readFileSync(keysFile(), "utf8")).toBe(wrong);
  writeFileSync(keysFile(), keysBefore);
  expect(code).toBe(1);
  expect(printed).toContain(`is not in ${keysFile()}. Nothing was changed.`);
  expect(printed).toContain("Restore it from its backup");
  await expectRotated();
});

test("of keys in the variable the first takes over, where the database's is among them, and the file stays", async () => {
  const own = randomBytes(32).toString("base64");
  const alone = await rotate({ DAYBOOK_SECRETS_KEY: own }).ended;
  expect(alone.code).toBe(1);
  expect(alone.printed).toContain("is not in DAYBOOK_SECRETS_KEY. Nothing was changed.");
  const both = await rotate({ DAYBOOK_SECRETS_KEY: `${own} ${lines().join(" ")}` }).ended;
  expect(both.code, both.printed).toBe(0);
  expect(readFileSync(keysFile(), "utf8")).toBe(keysBefore);
  expect(alone.printed + both.printed).not.toContain(own);
  writeFileSync(keysFile(), `${own}\n${keysBefore}`, { mode: 0o600 });
  await expectRotated();
});

test("a secret that no key reads keeps no other from it, and is counted", async () => {
  const [lost] = (await factors()).slice(-1);
  const damaged = `v1.AAAAAAAAAAAA${lost!.sealed.slice(15)}`;
  await server.services.store.write((tx) => tx.resealSecondFactor(lost!.userId, damaged), anywhere);
  const { code, printed } = await rotate().ended;
  expect(code).toBe(1);
  expect(printed).toContain(`${many} secrets are encrypted with the new key.`);
  expect(printed).toMatch(/1 secret is encrypted with a missing key.*\n.*remove-second-factor/);
  expect((await factors()).find(({ userId }) => userId === lost!.userId)?.sealed).toBe(damaged);
  const sealed = keysNow().sealer.seal(kept.get(lost!.userId)!, { purpose: "totp", row: lost!.id });
  await server.services.store.write((tx) => tx.resealSecondFactor(lost!.userId, sealed), anywhere);
  await expectRotated();
});
