/** Settings: valid values, refused ones, and no secret in errors. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DaybookError } from "daybook/internal";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { configurationPage, describeConfig, flagName } from "./page.ts";
import { configTable } from "./table.ts";

const refusal = (env: Record<string, string>, flags = {}): DaybookError => {
  try {
    readConfig(env, flags);
  } catch (error) {
    expect(error).toBeInstanceOf(DaybookError);
    expect((error as DaybookError).code).toBe("config-invalid");
    return error as DaybookError;
  }
  throw new Error("nothing was refused");
};

describe("the configuration", () => {
  it("has a default for everything", () => {
    expect(readConfig({})).toEqual({
      port: 4400,
      host: "127.0.0.1",
      dataFolder: resolve("data"),
      databaseUrl: undefined,
      roles: { reader: undefined, runtime: undefined },
      pooler: "auto",
      preparedStatements: undefined,
      operatorToken: undefined,
      secretsKey: undefined,
      signingKey: undefined,
      freshMinutes: 15,
      publicUrl: undefined,
      logName: undefined,
      logLevel: "info",
      openid: undefined,
      passwords: true,
      idle: { members: 1440, operators: 30 },
      mail: undefined,
      trustedProxies: 0,
      limits: { perCaller: 60_000, perAddress: 300, on: true },
      follows: { perCaller: 100, perOrganization: 500 },
      bodyMebibytes: 64,
      frameOrigins: [],
      stopSeconds: 9,
      integrityCheck: "weekly",
      gallery: false,
    });
  });

  it("takes the environment, and the command line before it", () => {
    const env = {
      PORT: "8080",
      HOST: "::",
      DAYBOOK_DATA: "/srv/daybook",
      DAYBOOK_READER_ROLE: "reads only",
      DAYBOOK_POOLER: "transaction",
      DAYBOOK_PREPARED_STATEMENTS: "off",
      DAYBOOK_RUNTIME_ROLE: "app",
      DATABASE_URL: "postgres://u:p%40ss@db/daybook",
      DAYBOOK_OPERATOR_TOKEN: "x".repeat(32),
      DAYBOOK_PUBLIC_URL: "https://Audit.Example.com:8443/log/",
      LOG_LEVEL: "debug",
      DAYBOOK_OPENID_ISSUER: "https://login.example.com/realm",
      DAYBOOK_OPENID_CLIENT_ID: "daybook",
      DAYBOOK_OPENID_CLIENT_SECRET: "s3cret",
      DAYBOOK_PASSWORDS: "off",
      DAYBOOK_SMTP_URL: "smtps://u:p@mail.example.com",
      DAYBOOK_MAIL_FROM: "Daybook <daybook@example.com>",
      DAYBOOK_SECRETS_KEY: "A".repeat(43),
      DAYBOOK_SESSION_IDLE_MINUTES: "20",
      DAYBOOK_REAUTHENTICATION_MINUTES: "1440",
      DAYBOOK_TRUSTED_PROXIES: "2",
      DAYBOOK_LIMIT_PER_CALLER: "0",
      DAYBOOK_LIMIT_PER_ADDRESS: "7",
      DAYBOOK_LIMIT_FOLLOWS_PER_CALLER: "3",
      DAYBOOK_LIMIT_FOLLOWS_PER_ORGANIZATION: "4",
      DAYBOOK_LIMIT_BODIES_MIB: "8",
      DAYBOOK_LIMITS: "off",
      DAYBOOK_FRAME_ORIGINS: " https://app.example.com  http://localhost:3000",
      DAYBOOK_STOP_SECONDS: "30",
      DAYBOOK_INTEGRITY_CHECK: "off",
      DAYBOOK_GALLERY: "on",
    };
    expect(readConfig(env, { port: "0", logLevel: "silent", data: "there" })).toEqual({
      port: 0,
      host: "::",
      dataFolder: resolve("there"),
      databaseUrl: "postgres://u:p%40ss@db/daybook",
      roles: { reader: "reads only", runtime: "app" },
      pooler: "transaction",
      preparedStatements: false,
      operatorToken: "x".repeat(32),
      secretsKey: "A".repeat(43),
      freshMinutes: 1440,
      publicUrl: "https://audit.example.com:8443/log",
      logName: "audit.example.com",
      logLevel: "silent",
      openid: {
        issuer: "https://login.example.com/realm",
        clientId: "daybook",
        clientSecret: "s3cret",
        signOut: true,
      },
      passwords: false,
      idle: { members: 20, operators: 20 },
      mail: { smtpUrl: "smtps://u:p@mail.example.com", from: "Daybook <daybook@example.com>" },
      trustedProxies: 2,
      limits: { perCaller: 0, perAddress: 7, on: false },
      follows: { perCaller: 3, perOrganization: 4 },
      bodyMebibytes: 8,
      frameOrigins: ["https://app.example.com", "http://localhost:3000"],
      stopSeconds: 30,
      integrityCheck: "off",
      gallery: true,
    });
  });

  it("lets operators be idle no longer than others", () => {
    const env = { DAYBOOK_SESSION_IDLE_MINUTES: "60", DAYBOOK_OPERATOR_IDLE_MINUTES: "5" };
    expect(readConfig(env).idle).toEqual({ members: 60, operators: 5 });
    for (const DAYBOOK_OPERATOR_IDLE_MINUTES of ["4", "61", "-5", "5.5", "x"])
      expect(refusal({ ...env, DAYBOOK_OPERATOR_IDLE_MINUTES }).message).toContain(
        "DAYBOOK_OPERATOR_IDLE_MINUTES must be a whole number from 5 to 60",
      );
    for (const minutes of ["0", "4", "20161"])
      expect(refusal({ DAYBOOK_SESSION_IDLE_MINUTES: minutes }).message).toContain("from 5 to 20160");
  });

  it("takes roles only with a database of your own", () => {
    expect(refusal({ DAYBOOK_READER_ROLE: "a" }).message).toContain("DATABASE_URL is missing: the embedded");
    expect(refusal({ DAYBOOK_RUNTIME_ROLE: "x".repeat(64) }).message).toContain(
      "DAYBOOK_RUNTIME_ROLE must be",
    );
  });

  it("takes a database by its socket folder", () => {
    const url = "postgresql:///daybook?host=%2Ftmp%2Fpg&user=daybook";
    expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it("prefers the log's own name to the host of the public address", () => {
    const env = { DAYBOOK_PUBLIC_URL: "https://a.example", DAYBOOK_LOG_NAME: "audit.example/eu" };
    expect(readConfig(env).logName).toBe("audit.example/eu");
  });

  it("takes the provider and the mail server whole or not at all, and somebody has to be able to sign in", () => {
    const openid = {
      DAYBOOK_OPENID_ISSUER: "https://login.example.com",
      DAYBOOK_OPENID_CLIENT_ID: "daybook",
      DAYBOOK_OPENID_CLIENT_SECRET: "s3cret",
    };
    const { DAYBOOK_OPENID_CLIENT_SECRET: _, ...part } = openid;
    expect(refusal(part).message).toContain(
      "DAYBOOK_OPENID_CLIENT_SECRET is missing: DAYBOOK_OPENID_ISSUER,",
    );
    expect(refusal({ DAYBOOK_MAIL_FROM: "a@b" }).message).toContain("DAYBOOK_SMTP_URL is missing");
    expect(refusal(openid).message).toContain("DAYBOOK_PUBLIC_URL is missing: the provider redirects people");
    expect(refusal({ DAYBOOK_PASSWORDS: "off" }).message).toContain("nobody could sign in");
  });

  it("names everything wrong at once, with the variable or the option, and what it must be", () => {
    const env = { PORT: "http", HOST: "a b", LOG_LEVEL: "loud", DAYBOOK_LOG_NAME: "x/o/y" };
    const { message, remedy } = refusal(env, { port: "65536" });
    expect(message).toContain('--port must be a whole number from 0 to 65535, not "65536"');
    for (const name of ["HOST", "LOG_LEVEL", "DAYBOOK_LOG_NAME"])
      expect(message).toContain(`${name} must be`);
    expect(remedy).toBe(
      "Correct --port, HOST, DAYBOOK_LOG_NAME, LOG_LEVEL; 'daybook-server serve --help' describes each.",
    );
    expect(message).not.toContain("\n");
  });

  it.each(configTable.map(({ name }) => name))(
    "refuses an empty %s, which would pass for its default",
    (name) => {
      expect(refusal({ [name]: "" }).message).toContain(`${name} is set but empty`);
    },
  );

  it.each([
    ["PORT", ["-1", "4400 ", "1e3", "0x10", "4400.0", "99999", "٤٤٠٠"]],
    ["HOST", ["http://localhost", "a/b", " ", "a".repeat(254), "localhost\n"]],
    ["DATABASE_URL", ["mysql://a/b", "localhost/daybook", "postgres:/a", "postgresql://u:p@ss:w@h:port/db"]],
    [
      "DAYBOOK_OPERATOR_TOKEN",
      ["x".repeat(31), `${"x".repeat(32)} `, `${"x".repeat(32)}é`, `${"x".repeat(32)}\n`],
    ],
    [
      "DAYBOOK_PUBLIC_URL",
      ["example.com", "ftp://a.b", "https://u:p@a.b", "https://a.b/?q", "javascript:alert(1)"],
    ],
    ["DAYBOOK_LOG_NAME", ["A.example", "a b", "a+b", 'a"b', "é", "a/", "-a", "a".repeat(101), "a/o/b"]],
    ["LOG_LEVEL", ["INFO", "verbose", "10"]],
    ["DAYBOOK_DATA", ["a\0b"]],
    ["DAYBOOK_OPENID_ISSUER", ["login.example.com", "http://login.example.com", "ftp://a.b"]],
    ["DAYBOOK_OPENID_CLIENT_ID", ["a\nb", "x".repeat(513)]],
    ["DAYBOOK_OPENID_CLIENT_SECRET", ["a\0b"]],
    ["DAYBOOK_POOLER", ["on", "statement"]],
    ["DAYBOOK_PASSWORDS", ["ON", "false", "0"]],
    ["DAYBOOK_SMTP_URL", ["mail.example.com", "https://mail.example.com", "smtp://"]],
    ["DAYBOOK_MAIL_FROM", ["a@b\r\nBcc: c@d"]],
    ["DAYBOOK_TRUSTED_PROXIES", ["-1", "21", "1.5"]],
    ["DAYBOOK_LIMIT_PER_CALLER", ["-1", "1e9", "many"]],
    ["DAYBOOK_LIMITS", ["yes"]],
  ])("refuses wrong values of %s", (name, values) => {
    for (const value of values)
      expect(refusal({ [name]: value }).message, value).toContain(`${name} must be`);
  });

  it("never shows a secret, right or wrong", () => {
    const secret = fc
      .string({ minLength: 12, unit: "grapheme-ascii" })
      .filter((text) => /^\S{12,}$/.test(text));
    const property = fc.property(secret, (text) => {
      for (const name of ["DATABASE_URL", "DAYBOOK_OPERATOR_TOKEN", "DAYBOOK_PUBLIC_URL"]) {
        const { message, remedy } = refusal({ [name]: `${text} ä`, PORT: "x" });
        expect(message + remedy).not.toContain(text);
      }
    });
    fc.assert(property);
  });

  it("is described on the command line, a variable a paragraph", () => {
    const text = describeConfig();
    for (const { name, sentence } of configTable) {
      expect(text).toContain(name);
      expect(text).toContain(sentence);
    }
    expect(flagName("logLevel")).toBe("--log-level");
  });

  it("is described in docs/configuration.md, which is printed from the same table (npm run docs)", () => {
    const path = fileURLToPath(new URL("../../../docs/configuration.md", import.meta.url));
    if (process.env.UPDATE_SPEC) {
      mkdirSync(fileURLToPath(new URL("../../../docs", import.meta.url)), { recursive: true });
      writeFileSync(path, configurationPage());
    }
    expect(readFileSync(path, "utf8")).toBe(configurationPage());
  });
});
