/** Secrets that are read back: which keys, where they are stored, and what is refused without them. */
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSealer, secretsKey } from "./sealing.ts";
import { addSecretsKey, openSecretsKeys, type SecretsKeyPlaces, secretsKeysIn } from "./secrets-key.ts";

let dataFolder: string;
let notices: string[];

beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "daybook-sealing-"));
  notices = [];
});
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }));

const open = (more: Partial<SecretsKeyPlaces> = {}) =>
  openSecretsKeys({
    configured: undefined,
    dataFolder,
    databaseKeyId: null,
    warn: (line) => void notices.push(line),
    ...more,
  });
const file = (): string => join(dataFolder, "secrets-key");
const key = (byte: number): string => Buffer.alloc(32, byte).toString("base64");
const of = { purpose: "totp", row: "factor_1" };
const unreadable = expect.objectContaining({ code: "secret-unreadable" });

test("what was encrypted is read back, and no two encryptions are alike", () => {
  const { sealer } = open();
  const [one, two] = [sealer.seal("JBSWY3DPEHPK3PXP", of), sealer.seal("JBSWY3DPEHPK3PXP", of)];
  expect(sealer.open(one, of)).toBe("JBSWY3DPEHPK3PXP");
  expect(sealer.open(two, of)).toBe("JBSWY3DPEHPK3PXP");
  expect(one).not.toBe(two);
  expect(one).toMatch(/^v1\.[\w-]{12}\.[\w-]{16}\.[\w-]{43}$/);
});

test("it opens for its own purpose and its own row only, and not once a bit of it is changed", () => {
  const { sealer } = open();
  const sealed = sealer.seal("secret", of);
  const changed = Buffer.from(sealed.split(".")[3]!, "base64url");
  changed[0]! ^= 1;
  const other = [...sealed.split(".").slice(0, 3), changed.toString("base64url")].join(".");
  for (const attempt of [
    () => sealer.open(sealed, { ...of, row: "factor_2" }),
    () => sealer.open(sealed, { ...of, purpose: "webhook" }),
    () => sealer.open(other, of),
    () => sealer.open("", of),
    () => sealer.open(sealed.slice(0, -30), of),
    () => sealer.open(sealed.replace("v1", "v2"), of),
  ])
    expect(attempt).toThrow(unreadable);
});

test("the first start makes a key file of mode 0600, which later ones take", () => {
  const first = open();
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(Buffer.from(readFileSync(file(), "utf8"), "base64")).toHaveLength(32);
  const again = open({ databaseKeyId: first.keyId ?? null });
  expect(again.keyId).toBe(first.keyId);
  expect(again.sealer.open(first.sealer.seal("x", of), of)).toBe("x");
  expect(notices).toEqual([]);
});

test("of several keys the first encrypts and all decrypt", () => {
  const old = open({ configured: key(1) });
  const both = open({ configured: `${key(2)} ${key(1)}`, databaseKeyId: old.keyId ?? null });
  const sealed = old.sealer.seal("x", of);
  expect(both.sealer.open(sealed, of)).toBe("x");
  expect(both.sealer.isCurrent(sealed)).toBe(false);
  const anew = both.sealer.seal("x", of);
  expect(both.sealer.isCurrent(anew)).toBe(true);
  expect(() => old.sealer.open(anew, of)).toThrow(unreadable);
});

test("a key that is put into the file counts at once, in a process that runs", () => {
  const running = open();
  const before = running.sealer.seal("x", of);
  const added = addSecretsKey({ configured: undefined, dataFolder, databaseKeyId: running.keyId ?? null });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  const after = running.sealer.seal("x", of);
  expect(after.split(".")[1]).toBe(added);
  expect(before.split(".")[1]).toBe(running.keyId);
  expect(running.sealer.isCurrent(before)).toBe(false);
  expect([before, after].map((each) => running.sealer.open(each, of))).toEqual(["x", "x"]);
});

test.each([
  ["another key", `${key(1)}\n`],
  ["no key", "hello\n"],
  ["nothing", ""],
  ["a line that is no key behind the right one", `${key(2)}\nhello\n`],
])("no key is added to a file with %s, which stays as it is", (_what, text) => {
  writeFileSync(file(), text);
  const databaseKeyId = secretsKey(Buffer.alloc(32, 2)).id;
  expect(() => addSecretsKey({ configured: undefined, dataFolder, databaseKeyId })).toThrow(
    expect.objectContaining({ code: "config-invalid", message: expect.stringContaining(file()) }),
  );
  expect(readFileSync(file(), "utf8")).toBe(text);
});

/** Only root can give files away. */
test.runIf(process.getuid?.() === 0)("a file to which root adds a key stays its owner's", () => {
  const databaseKeyId = open().keyId ?? null;
  chownSync(file(), 65_534, 65_533);
  addSecretsKey({ configured: undefined, dataFolder, databaseKeyId });
  const { uid, gid, mode } = statSync(file());
  expect([uid, gid, mode & 0o777]).toEqual([65_534, 65_533, 0o600]);
});

test("no key is added where there is no file, or the variable says the keys", () => {
  const databaseKeyId = secretsKey(Buffer.alloc(32, 2)).id;
  const add = (configured?: string) => addSecretsKey({ configured, dataFolder, databaseKeyId });
  expect(() => add()).toThrow(expect.objectContaining({ code: "config-invalid" }));
  expect(() => add(key(1))).toThrow(expect.objectContaining({ code: "config-invalid" }));
  expect(add(`${key(1)} ${key(2)}`)).toBeUndefined();
  expect(() => statSync(file())).toThrow();
});

test("a process without the database's key says so at its start, makes no other, and refuses with the remedy", () => {
  const id = secretsKey(Buffer.alloc(32, 1)).id;
  const without = open({ databaseKeyId: id });
  expect(notices.join()).toContain(`There is no file ${file()}`);
  expect(without.keyId).toBeUndefined();
  expect(() => statSync(file())).toThrow();
  expect(() => without.sealer.seal("x", of)).toThrow(unreadable);
  const wrong = open({ configured: key(2), databaseKeyId: id });
  expect(notices.join()).toContain("The key in DAYBOOK_SECRETS_KEY is not the one");
  expect(() => wrong.sealer.open("v1.x.y.z", of)).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining("DAYBOOK_SECRETS_KEY") }),
  );
});

test("a file that holds no key is refused, and is not overwritten", () => {
  writeFileSync(file(), "not a key\n");
  expect(() => open()).toThrow(expect.objectContaining({ code: "config-invalid" }));
  expect(readFileSync(file(), "utf8")).toBe("not a key\n");
});

test.each(["", " ", "short", `${key(1)}x`, `${key(1)},${key(2)}`, Buffer.alloc(31).toString("base64")])(
  "'%s' holds no keys",
  (text) => expect(secretsKeysIn(text)).toBeUndefined(),
);

test("keys are 32 bytes as base64 or base64url, separated by spaces or lines", () => {
  const url = Buffer.alloc(32, 0xfb).toString("base64url");
  expect(secretsKeysIn(`${key(1)}\n${url}\n`)).toHaveLength(2);
});

test("without any key nothing is encrypted", () => {
  const sealer = openSealer(() => {
    throw new Error("none");
  });
  expect(() => sealer.seal("x", of)).toThrow("none");
});
