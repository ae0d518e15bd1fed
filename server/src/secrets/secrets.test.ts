/** The secrets of the first start: made once, private, and refused if damaged. */
import { spawn } from "node:child_process";
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DaybookError, keyPairOf } from "daybook/internal";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { isWellFormedToken, operatorPrefix, operatorTokenIn, signingKeyIn } from "./index.ts";

const root = mkdtempSync(join(tmpdir(), "daybook-secrets-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folder = "";
let warnings: string[] = [];
const warn = (line: string): number => warnings.push(line);
beforeEach(() => {
  folder = join(mkdtempSync(join(root, "x")), "data");
  warnings = [];
});

const modeOf = (path: string): number => statSync(path).mode & 0o777;

const kinds = [
  { open: operatorTokenIn, name: "operator-token" },
  { open: signingKeyIn, name: "signing-key.pem" },
];

describe.each(kinds)("the file $name", ({ open, name }) => {
  it("is made once, for its owner's eyes alone, in a folder of its owner's", () => {
    const first = open(folder, warn);
    expect(first).toMatchObject({ made: true, path: join(folder, name) });
    expect(open(folder, warn)).toEqual({ ...first, made: false });
    expect([modeOf(folder), modeOf(first.path)]).toEqual([0o700, 0o600]);
    expect(readdirSync(folder)).toEqual([name]);
    expect(warnings).toEqual([]);
  });

  it("is warned about if others can read it, and used all the same", () => {
    const { path, value } = open(folder, warn);
    chmodSync(path, 0o644);
    expect(open(folder, warn).value).toEqual(value);
    expect(warnings.join()).toMatch(/open to others \(mode 0644\): 'chmod 600 /);
    chmodSync(path, 0o640);
    open(folder, warn);
    expect(warnings[1]).toContain("open to its group");
  });

  it.each([
    "",
    "\n",
    "short",
    "two words of more than thirty-two characters",
    "-----BEGIN PRIVATE KEY-----\n\0",
  ])("is refused in one sentence, and left alone, when it holds %j", (text) => {
    mkdirSync(folder);
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    expect(() => open(folder, warn)).toThrow(DaybookError);
    expect(() => open(folder, warn)).toThrow(/^The file .* does not contain a valid .*\.$/);
    expect(readFileSync(join(folder, name), "utf8")).toBe(text);
  });

  it("is refused in one sentence where its folder is a file", () => {
    writeFileSync(folder, "");
    expect(() => open(folder, warn)).toThrow(/^The .* can't be read from or written to .*: E\w+/);
  });
});

describe("the operator token", () => {
  it("is a token of Daybook's", () => {
    expect(isWellFormedToken(operatorTokenIn(folder, warn).value, operatorPrefix)).toBe(true);
  });

  it("may be one of the operator's own", () => {
    mkdirSync(folder);
    const own = "correct-horse-battery-staple-0123456789";
    writeFileSync(join(folder, "operator-token"), own, { mode: 0o600 });
    expect(operatorTokenIn(folder, warn)).toMatchObject({ value: own, made: false });
  });

  it("is one and the same for twenty processes that start at once, and so is the signing key", async () => {
    const module = fileURLToPath(new URL("../../dist/secrets/index.js", import.meta.url));
    const script = `const s = await import(${JSON.stringify(module)});
      const folder = process.argv[1];
      while (Date.now() < Number(process.argv[2])) {}
      const token = s.operatorTokenIn(folder, () => {}), key = s.signingKeyIn(folder, () => {});
      console.log(JSON.stringify([token.value, Buffer.from(key.value.publicKey).toString("hex"), token.made, key.made]));`;
    const at = String(Date.now() + 1_500);
    const run = (): Promise<unknown[]> =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder, at]);
        let output = "";
        child.stdout.on("data", (chunk) => (output += chunk));
        child.stderr.on("data", (chunk) => (output += chunk));
        child.on("close", (code) => (code === 0 ? resolve(JSON.parse(output)) : reject(new Error(output))));
      });
    const answers = await Promise.all(Array.from({ length: 20 }, run));
    expect(new Set(answers.map(([token]) => token)).size).toBe(1);
    expect(new Set(answers.map(([, key]) => key)).size).toBe(1);
    expect(answers.filter(([, , made]) => made)).toHaveLength(1);
    expect(answers.filter(([, , , made]) => made)).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(["operator-token", "signing-key.pem"]);
  });
});

describe("the signing key", () => {
  it("is the seed and the public key of the PEM file, as the ledger takes them", () => {
    const { value, path } = signingKeyIn(folder, warn);
    expect(value).toEqual(keyPairOf(value.privateKey));
    const pem = readFileSync(path, "utf8");
    const signature = sign(null, Buffer.from("message"), createPrivateKey(pem));
    const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(value.publicKey).toString("base64url") };
    const publicKey = createPublicKey({ key: jwk, format: "jwk" });
    expect(verify(null, Buffer.from("message"), publicKey, signature)).toBe(true);
  });
});
