/**
 * The command `daybook` against a real server: as a function with its own streams if that is enough, and as a process for signals, pipes
 * and exit codes.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { RecordedEvent } from "daybook/internal";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { main } from "../library/src/cli/index.ts";
import { freshDatabase } from "./support/database.ts";
import { type FaultyProxy, openFaultyProxy } from "./support/faulty-proxy.ts";
import { call, operatorToken, type ServerProcess, startServer } from "./support/server-process.ts";

const entry = fileURLToPath(new URL("../library/bin/daybook.js", import.meta.url));
const webhooks = dirname(createRequire(import.meta.url).resolve("@octokit/webhooks-examples/package.json"));

let server: ServerProcess;
let proxy: FaultyProxy;
let folder: string;
let organization: string;
let made = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-cli-"));
  server = await startServer({ dataFolder: folder, databaseUrl: await freshDatabase("embedded") });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  organization = `cli-${++made}`;
  await call(server.url, "POST", "/v1/organizations", { slug: organization, name: "Cli" });
  proxy = await openFaultyProxy(server.url);
});
afterEach(() => proxy.close());

interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const environment = (): Record<string, string> => ({
  DAYBOOK_URL: proxy.url,
  DAYBOOK_TOKEN: operatorToken,
  DAYBOOK_ORG: organization,
});

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [entry, ...args], { env: { PATH: process.env.PATH, ...environment() } });

function collecting(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough();
  let text = "";
  stream.on("data", (piece) => (text += piece));
  return { stream, text: () => text };
}

async function run(
  args: readonly string[],
  stdin = "",
  env: Record<string, string> = {},
): Promise<CliResult> {
  const [out, err] = [collecting(), collecting()];
  const code = await main(args, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: out.stream,
    stderr: err.stream,
    env: { ...environment(), ...env },
    signal: new AbortController().signal,
  });
  return { code, stdout: out.text(), stderr: err.text() };
}

const event = (n: number): string =>
  JSON.stringify({
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_17", name: "Anne Wilson" },
    targets: [{ type: "team", id: `t_${n}`, name: `Team ${n}` }],
    data: { teamId: `t_${n}`, team: `Team ${n}` },
  });
const events = (count: number): string => Array.from({ length: count }, (_, n) => event(n)).join("\n");

async function recorded(type = "NEW_TEAM"): Promise<RecordedEvent[]> {
  const answer = await call(
    server.url,
    "GET",
    `/v1/organizations/${organization}/events?limit=1000&type=${type}`,
  );
  return (answer.body as { events: RecordedEvent[] }).events;
}

describe("help and usage", () => {
  test("every command explains itself with examples, on stdout", async () => {
    const clients = ["list", "add", "rename", "rotate", "revoke", "delete", "history"];
    const two = ["import github", ...clients.map((word) => `api-clients ${word}`)];
    for (const command of ["", "record", "tail", "search", "export", ...two]) {
      const { code, stdout, stderr } = await run([...command.split(" ").filter(Boolean), "--help"]);
      expect([code, stderr], command).toEqual([0, ""]);
      expect(stdout).toMatch(/^Usage: daybook/);
      expect(stdout).toMatch(/Examples?:/);
      expect(stdout).toContain("of an API client");
    }
  });

  test("the first of two words explains what comes after it", async () => {
    const { code, stdout } = await run(["api-clients", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("api-clients rotate");
    expect(stdout).not.toContain("import github");
  });

  test.each([
    [[], "No command was given."],
    [["frobnicate"], "no command 'frobnicate'"],
    [["import"], "After 'import' comes: github."],
    [["api-clients", "make"], "list, add, rename, rotate, revoke, delete, history; not 'make'"],
    [["api-clients", "add"], "Give NAME, and nothing else"],
    [["api-clients", "add", "Portal"], "--expires-on DAY is missing"],
    [["api-clients", "add", "Portal", "--expires-on", "9d"], "--scope is missing"],
    [["api-clients", "add", "Portal", "--expires-on", "9d", "--scope", "all"], "--scope takes events:write"],
    [["api-clients", "rename", "client_9"], "Give CLIENT and NAME, and nothing else"],
    [["api-clients", "rotate", "client_9", "--overlap", "10081"], "--overlap takes a whole number from 0"],
    [["api-clients", "revoke", ""], "Give CLIENT, and nothing else"],
    [["api-clients", "list", "client_9"], "Give options only, and nothing else"],
    [["api-clients", "history", "client_9", "-n", "0"], "--limit takes a whole number"],
    [["search", "--nonsense"], "Unknown option '--nonsense'"],
    [["search", "--limit", "0"], "--limit takes a whole number"],
    [["search", "--outcome", "maybe"], "--outcome takes"],
    [["record", "--type", "NEW_TEAM"], "--actor TYPE:ID is missing"],
    [["record", "--type", "X", "--actor", "u_17"], "--actor takes TYPE:ID"],
    [["record", "--type", "X", "--actor", "user:1", "--data", "{"], "--data: "],
    [["record", "--type", "X", "--actor", "user:1", "--data", "[]"], "--data takes a JSON object"],
    [["tail", "--after", "x", "--from-start"], "not both"],
    [["export", "file.csv"], "Name the file by --output"],
    [["import", "github", "-"], "--secret-file FILE is missing"],
  ])("%j is wrong usage: exit code 2, on stderr", async (args, words) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(words);
    expect(stderr).toContain("--help");
  });

  test.each([
    ["NEW_TEAMM", "Use a type from 'daybook event-types list', or register a custom type."],
    ["New team", "Use a type of 'daybook event-types list'."],
  ])("the remedy for the type %s names a command", async (type, remedy) => {
    const { code, stderr } = await run(["record", "--type", type, "--actor", "user:u_17"]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(remedy)]);
    expect(stderr).not.toContain("/v1/");
  });

  test("a missing token or organization is wrong usage, and a wrong token a failure", async () => {
    expect((await run(["search"], "", { DAYBOOK_TOKEN: "" })).stderr).toContain("set DAYBOOK_TOKEN");
    expect((await run(["search"], "", { DAYBOOK_ORG: "" })).stderr).toContain("set DAYBOOK_ORG");
    const wrong = await run(["search"], "", { DAYBOOK_TOKEN: "wrong" });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("The request has no valid token");
  });
});

test("as a process: data on stdout, the reason of a failure on stderr, and its exit code", async () => {
  const ended = async (args: readonly string[], stdin: string): Promise<CliResult> => {
    const child = start(args);
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (piece) => (stdout += piece));
    child.stderr?.on("data", (piece) => (stderr += piece));
    child.stdin?.end(stdin);
    const [code] = await once(child, "close");
    return { code, stdout, stderr };
  };
  const right = await ended(["record"], event(1));
  expect([right.code, right.stdout, right.stderr]).toEqual([
    0,
    expect.stringContaining("recorded as number 1"),
    "",
  ]);
  const refused = await ended(["record", "-"], "{}");
  expect([refused.code, refused.stdout, refused.stderr]).toEqual([1, "", expect.stringContaining("type")]);
  const wrong = await ended(["nonsense"], "");
  expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
});

describe("record", () => {
  test("one event from flags", async () => {
    const flags = [
      "--type",
      "NEW_TEAM",
      "--actor",
      "user:u:17",
      "--actor-name",
      "Anne",
      "--target",
      "team:t_1",
    ];
    const more = [
      "--target-name",
      "Ops",
      "--data",
      '{"teamId":"t_1","team":"Ops"}',
      "--reason",
      "it's 'new'",
    ];
    const { code, stdout } = await run(["record", ...flags, ...more, "--interface", "cli"]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^[0-9a-f-]{36} recorded as number 1 at 2/)]);
    expect(await recorded()).toMatchObject([
      {
        actor: { type: "user", id: "u:17", name: "Anne" },
        targets: [{ type: "team", id: "t_1", name: "Ops" }],
        reason: "it's 'new'",
        context: { interface: "cli" },
      },
    ]);
  });

  test("before and after become changes", async () => {
    const flags = ["--type", "ORGANIZATION_CHANGE", "--actor", "system:x", "--target", "organization:acme"];
    const { code } = await run([
      "record",
      ...flags,
      "--before",
      '{"website":null}',
      "--after",
      '{"website":"x"}',
    ]);
    expect(code).toBe(0);
    expect((await recorded("ORGANIZATION_CHANGE"))[0]?.changes).toEqual([
      { path: "/website", label: "Website", from: null, to: "x" },
    ]);
  });

  test.each([
    ["NDJSON", events(3)],
    ["NDJSON with blank lines and CRLF", `\r\n${events(3).replaceAll("\n", "\r\n\r\n")}\r\n`],
    ["a list over many lines", JSON.stringify(JSON.parse(`[${events(3).replaceAll("\n", ",")}]`), null, 2)],
    ["the body that the server takes", `{"events":[${events(3).replaceAll("\n", ",")}]}`],
  ])("%s from stdin, and from a file", async (_, text) => {
    const { code, stdout } = await run(["record", "-", "--json"], text);
    expect(code).toBe(0);
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).seq),
    ).toEqual([1, 2, 3]);
    const path = join(folder, "events.json");
    await writeFile(path, text);
    expect((await run(["record", path])).code).toBe(0);
    expect(await recorded()).toHaveLength(6);
  });

  test("refuses a batch whole, and says which event it was", async () => {
    const { code, stderr } = await run(["record", "-"], `${events(2)}\n\r\n{"type":"NEW_TEAM"}\n`);
    expect(code).toBe(1);
    expect(stderr).toContain("at line 4: Add actor.");
    const list = await run(["record", "-"], `[${event(1)},\n{"type":"NEW_TEAM","actor":"u_1"}]`);
    expect(list.stderr).toContain("at /1/actor: Send an object, like");
    const last = await run(["record", "-"], `${event(1)}\n${event(2).replace("user", "User")}`);
    expect(last.stderr).toContain("at line 2, /actor/type: Send user if that is what you mean.");
    expect(await recorded()).toEqual([]);
  });

  test("a line that is no JSON, and a duplicate name, are named by their line", async () => {
    expect((await run(["record", "-"], `${event(1)}\n{\n`)).stderr).toContain("at the end of line 2");
    expect((await run(["record", "-"], `${event(1)}\n\n{"type":"a","type":"b"}\n`)).stderr).toContain(
      "Line 3:",
    );
    expect(await recorded()).toEqual([]);
  });

  test("a file that is not there is a failure", async () => {
    const { code, stderr } = await run(["record", "nowhere.json"]);
    expect(code).toBe(1);
    expect(stderr).toContain("nowhere.json");
  });
});

describe("search", () => {
  beforeEach(async () => {
    await run(["record", "-"], events(30));
  });

  test("prints the newest, as text and as NDJSON", async () => {
    const text = await run(["search", "-n", "1", "--type", "NEW_TEAM"]);
    expect(text.stdout).toMatch(
      /Z {2}Team created {2}[0-9a-f-]{36}\n {2}Anne Wilson created team Team 29\n {2}Recorded by the operator token\n$/,
    );
    const json = await run(["search", "--all", "--json", "--type", "NEW_TEAM"]);
    expect(
      json.stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).data.teamId)[29],
    ).toBe("t_0");
  });

  test("filters, and says where nothing matches", async () => {
    expect(
      (await run(["search", "--target", "team:t_7", "--actor", "user:u_17", "--json"])).stdout,
    ).toContain("t_7");
    const none = await run(["search", "--outcome", "denied", "--from", "1d"]);
    expect([none.code, none.stdout, none.stderr]).toEqual([0, "", "No events match.\n"]);
  });

  test("finds events by their words, and those without some", async () => {
    // a command that fails finds nothing too
    const found = async (...words: string[]): Promise<number> => {
      const { code, stdout, stderr } = await run(["search", "--all", "--json", ...words]);
      expect(code, stderr).toBe(0);
      return stdout.split("\n").length - 1;
    };
    expect(await found("team", '"team 7"')).toBe(1);
    // 1 and 10 to 19, without 15
    expect(await found("wilson", "--", '"team 1"', "-15")).toBe(10);
    expect(await found("nothing-like-it")).toBe(0);
    expect((await run(["search", '""'])).stderr).toContain("word");
  });

  test("finds events by qualifiers, in an option or as words", async () => {
    // a command that fails finds nothing too
    const found = async (...words: string[]): Promise<number> => {
      const { code, stdout, stderr } = await run(["search", "--all", "--json", ...words]);
      expect(code, stderr).toBe(0);
      return stdout.split("\n").length - 1;
    };
    expect(await found('target:"Team 7"')).toBe(1);
    expect(await found("-q", "type:new_* -target:team:t_7", "actor:user:u_17")).toBe(29);
    expect(await found("--query", "-type:NEW_TEAM type:new_team")).toBe(0);
    expect(await found("-q", "-target:team:t_7", "type:NEW_TEAM")).toBe(29);
    expect(await found("--from", "2020-01-01", "--to", "2020-01-01")).toBe(0);
    const today = new Date().toISOString().slice(0, 10);
    expect(await found("type:NEW_TEAM", "--from", today, "--to", today)).toBe(30);
    const { stdout } = await run(["export", "-q", 'target:"Team 7" or:x -outcome:denied']);
    expect(stdout.split("\r\n")).toHaveLength(2);
    expect((await run(["export", "-q", 'target:"Team 7" -outcome:denied'])).stdout).toContain("t_7");
    const words = await run(["export", 'target:"Team 7"', "--", "-outcome:denied"]);
    expect([words.code, words.stdout]).toEqual([
      0,
      (await run(["export", "-q", 'target:"Team 7" -outcome:denied'])).stdout,
    ]);
  });

  test("points at what is wrong with a search", async () => {
    for (const args of [
      ["search", "team", "ip:1.2", "x"],
      ["tail", "-q", "team", "ip:1.2 x"],
      ["export", "-q", "team ip:1.2 x"],
    ]) {
      const { code, stdout, stderr } = await run(args);
      expect([code, stdout], args[0]).toEqual([1, ""]);
      expect(stderr).toContain("  team ip:1.2 x\n          ^^^\n");
      expect(stderr).toContain("Write it like ip:192.0.2.17");
    }
  });

  test("a reader that has enough ends it without a complaint", async () => {
    const child = start(["search", "--all", "--json"]);
    let stderr = "";
    child.stderr?.on("data", (piece) => (stderr += piece));
    await once(child.stdout!, "data");
    child.stdout?.destroy();
    const [code] = await once(child, "close");
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("api-clients", () => {
  const adding = (...more: string[]): Promise<CliResult> =>
    run(["api-clients", "add", "Portal", "--expires-on", "180d", ...more]);
  const added = async (...scopes: string[]): Promise<{ id: string; token: string }> =>
    JSON.parse((await adding("--json", ...scopes.flatMap((scope) => ["--scope", scope]))).stdout);

  test("add gives the token alone to stdout; with it the API client records, searches, follows and exports", async () => {
    const scopes = ["events:write", "events:read", "audit-log:download"];
    const { code, stdout, stderr } = await adding(...scopes.flatMap((scope) => ["--scope", scope]));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^dbk_live_\w{49}\n$/);
    expect(stderr).toContain("Portal  until the end of");
    expect(stderr).not.toContain(stdout.trim());
    const env = { DAYBOOK_TOKEN: stdout.trim() };
    expect((await run(["record", "-"], events(2), env)).code).toBe(0);
    const found = await run(["search", "--type", "NEW_TEAM", "--json"], "", env);
    expect(JSON.parse(found.stdout.split("\n")[0] ?? "").recordedBy.type).toBe("api_client");
    expect((await run(["export", "--type", "NEW_TEAM"], "", env)).stdout).toContain("Team 1");
    const following = spawn(process.execPath, [entry, "tail", "--from-start", "--json"], {
      env: { PATH: process.env.PATH, ...environment(), ...env },
    });
    let followed = "";
    following.stdout.on("data", (piece) => (followed += piece));
    await expect.poll(() => followed, { timeout: 10_000 }).toContain("t_1");
    following.kill("SIGINT");
    await once(following, "close");
  });

  test("list, rename, rotate, revoke, delete and history are what their names say", async () => {
    expect((await run(["api-clients", "list"])).stderr).toContain("There are no API clients.");
    const { id, token } = await added("events:read");
    const renamed = await run(["api-clients", "rename", id, "Register sandbox"]);
    expect(renamed.stdout).toContain("Register sandbox");
    expect((await run(["api-clients", "list"])).stdout).toContain(
      "events:read; added by operator; not used yet",
    );
    const rotated = await run(["api-clients", "rotate", id, "--overlap", "60"]);
    expect(rotated.stdout).toMatch(/^dbk_live_\w{49}\n$/);
    expect((await run(["search"], "", { DAYBOOK_TOKEN: token })).code).toBe(0);
    const revoked = await run(["api-clients", "revoke", id, "--reason", "Ticket 43", "--json"]);
    expect(JSON.parse(revoked.stdout)).toMatchObject({ id, status: "revoked" });
    expect((await run(["api-clients", "list"])).stdout).toContain("Register sandbox  revoked");
    expect((await run(["api-clients", "delete", id])).stderr).toContain(`${id} is deleted.`);
    const history = await run(["api-clients", "history", id]);
    for (const words of ["Sandbox", "Ticket 43", "was Portal, now Register sandbox"])
      expect(history.stdout.toLowerCase()).toContain(words.toLowerCase());
    expect(
      (await run(["api-clients", "history", id, "-n", "2", "--json"])).stdout.trim().split("\n"),
    ).toHaveLength(2);
  });

  test("a token whose answer was lost is told of: nothing on stdout, exit code 1, and how to get another", async () => {
    proxy.faults.push("drop-after");
    const { code, stdout, stderr } = await adding("--scope", "events:read");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/daybook api-clients rotate client_/);
  });

  test("refusals say why: the scope that is missing, a revoked client, a name that is taken, a day in the past", async () => {
    const { id, token } = await added("events:write");
    const env = { DAYBOOK_TOKEN: token };
    for (const [command, scope] of [
      ["search", "events:read"],
      ["tail", "events:read"],
      ["export", "audit-log:download"],
    ]) {
      const { code, stdout, stderr } = await run([command as string], "", env);
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(`This needs the scope ${scope}`);
    }
    expect((await run(["api-clients", "list"], "", env)).stderr).toContain("API clients may not do this");
    expect((await adding("--scope", "events:read")).stderr).toContain("has this name");
    const past = await run([
      "api-clients",
      "add",
      "Past",
      "--expires-on",
      "2020-01-01",
      "--scope",
      "events:read",
    ]);
    expect([past.code, past.stdout]).toEqual([1, ""]);
    expect(past.stderr).toContain("at /expiresOn");
    await run(["api-clients", "revoke", id]);
    const refused = await run(["record", "-"], event(1), env);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("The request has no valid token");
    expect(refused.stderr).toContain("its API client was revoked");
    expect((await run(["api-clients", "rotate", id])).stderr).toContain("is revoked");
  });
});

describe("tail", () => {
  test("prints the newest, then what comes, across a broken connection; Ctrl-C ends it with the position", async () => {
    await run(["record", "-"], events(5));
    const child = start(["tail", "-n", "2", "--json"]);
    let [stdout, stderr] = ["", ""];
    child.stdout?.on("data", (piece) => (stdout += piece));
    child.stderr?.on("data", (piece) => (stderr += piece));
    const teams = (): string[] =>
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).data.teamId);
    await expect.poll(() => stdout, { timeout: 10_000 }).toContain("t_4");
    await call(server.url, "POST", `/v1/organizations/${organization}/events`, JSON.parse(event(5)));
    await expect.poll(() => stdout, { timeout: 10_000 }).toContain("t_5");
    proxy.breakAll();
    await call(server.url, "POST", `/v1/organizations/${organization}/events`, JSON.parse(event(6)));
    await expect.poll(() => stdout, { timeout: 10_000 }).toContain("t_6");
    child.kill("SIGINT");
    expect((await once(child, "close"))[0]).toBe(130);
    expect(teams()).toEqual(["t_3", "t_4", "t_5", "t_6"]);
    expect(stderr).toContain("Connecting again.");
    const position = /tail --after (\S+)/.exec(stderr)?.[1] ?? "";
    await call(server.url, "POST", `/v1/organizations/${organization}/events`, JSON.parse(event(7)));
    const again = start(["tail", "--after", position, "--json"]);
    const [line] = await once(again.stdout!, "data");
    expect(JSON.parse(String(line)).data.teamId).toBe("t_7");
    again.kill("SIGINT");
    await once(again, "close");
  });

  test("prints what a search finds, of the newest and of what comes", async () => {
    await run(["record", "-"], events(5));
    const child = start(["tail", "--json", '"team 3"', "-q", "type:new_*"]);
    let stdout = "";
    child.stdout?.on("data", (piece) => (stdout += piece));
    const teams = (): string[] =>
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).data.teamId);
    await expect.poll(() => stdout, { timeout: 10_000 }).toContain("t_3");
    for (const n of [8, 31, 9, 32, 10])
      await call(server.url, "POST", `/v1/organizations/${organization}/events`, JSON.parse(event(n)));
    await expect.poll(() => stdout, { timeout: 10_000 }).toContain("t_32");
    child.kill("SIGINT");
    await once(child, "close");
    expect(teams()).toEqual(["t_3", "t_31", "t_32"]);
  });

  test("a wrong position is a failure", async () => {
    const { code, stderr } = await run(["tail", "--after", "aaaaaaaaaaaaaaaaaaaaaaaaaa:0:0000000000000000"]);
    expect(code).toBe(1);
    expect(stderr).toContain("position");
  });
});

describe("export", () => {
  test("goes to stdout, or into a file that is there whole", async () => {
    await run(["record", "-"], events(10));
    const direct = await run(["export", "--type", "NEW_TEAM"]);
    expect(direct.stdout.split("\r\n")).toHaveLength(12);
    const { code, stdout, stderr } = await run([
      "export",
      "--type",
      "NEW_TEAM",
      "-o",
      join(folder, "log.csv"),
    ]);
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("log.csv: ");
    expect(await readFile(join(folder, "log.csv"), "utf8")).toBe(direct.stdout);
  });

  test("what breaks off leaves no file, and an old one as it was", async () => {
    await run(["record", "-"], events(100));
    await writeFile(join(folder, "old.csv"), "old");
    proxy.faults.push({ breakAfter: 3000 });
    const { code, stderr } = await run(["export", "-o", join(folder, "old.csv")]);
    expect(code).toBe(1);
    expect(stderr).toContain("broke");
    expect(await readFile(join(folder, "old.csv"), "utf8")).toBe("old");
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("--data json and --safe are asked for", async () => {
    await run(["record", "-"], event(1).replace("Anne Wilson", "=1+1"));
    expect((await run(["export", "--data", "json"])).stdout).toContain('""teamId"":""t_1""');
    expect((await run(["export", "--safe"])).stdout).not.toMatch(/^=1\+1/m);
  });

  test("--format ndjson gives an event a line, and takes no option of CSV", async () => {
    await run(["record", "-"], events(3));
    const { code, stdout } = await run(["export", "--format", "ndjson", "--type", "NEW_TEAM"]);
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.map((line) => JSON.parse(line).data.teamId)).toEqual(["t_0", "t_1", "t_2"]);
    for (const [wrong, message] of [
      [["--format", "ndjson", "--safe"], "--safe is for --format csv only."],
      [["--format", "ndjson", "--data", "json"], "--data is for --format csv only."],
      [["--format", "xml"], "--format takes csv or ndjson."],
      [["--data", "xml"], "--data takes quotes or json."],
    ] as const) {
      const refused = await run(["export", ...wrong]);
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(message)]);
    }
    expect((await run(["export", "--help"])).stdout).toMatch(
      /--format csv\|ndjson .*\n.*--data quotes\|json/,
    );
  });
});

describe("import github", () => {
  const payloads = join(webhooks, "api.github.com", "index.json");

  beforeEach(async () => {
    await writeFile(join(folder, "secret"), "0123456789abcdef0123456789abcdef\n");
  });
  const importing = (...args: string[]): Promise<CliResult> =>
    run(["import", "github", ...args, "--secret-file", join(folder, "secret"), "--received", "2026-11-01"]);

  test("records what has an event type, says why the rest has none, and again records nothing", async () => {
    const first = await importing(payloads);
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/^329 payloads, \d+ events recorded, now or before\.$/m);
    expect(first.stderr).toContain("repository.renamed -> API_RENAME");
    expect(first.stderr).toContain("no event type matches this change of a team: team 1");
    const newest = (await recorded("API_RENAME"))[0];
    const all = async (): Promise<number> =>
      JSON.parse((await run(["search", "-n", "1", "--json"])).stdout).seq;
    const size = await all();
    expect((await importing(payloads)).code).toBe(0);
    expect((await recorded("API_RENAME"))[0]).toEqual(newest);
    expect(await all()).toBe(size);
  });

  test("a dry run prints the events and records nothing; record takes them as they are", async () => {
    const dry = await importing(payloads, "--dry-run");
    expect(dry.code).toBe(0);
    expect(await recorded("NEW_API")).toEqual([]);
    expect((await run(["record", "-"], dry.stdout)).code).toBe(0);
    expect(await recorded("NEW_API")).toHaveLength(2);
  });

  test("reads a folder with one file a payload, and names what it can't read", async () => {
    const [{ examples }] = JSON.parse(await readFile(payloads, "utf8")).filter(
      ({ name }: { name: string }) => name === "deploy_key",
    );
    await mkdir(join(folder, "payloads", "deploy_key"), { recursive: true });
    await writeFile(join(folder, "payloads", "deploy_key", "1.json"), JSON.stringify(examples[0], null, 2));
    await writeFile(join(folder, "payloads", "broken.json"), "{");
    await writeFile(join(folder, "payloads", "notes.txt"), "not read");
    const { code, stderr } = await importing(join(folder, "payloads"));
    expect(code).toBe(1);
    expect(stderr).toContain("broken.json:1: ");
    expect(stderr).toContain("1 payloads, 1 events recorded");
    expect((await recorded("API_CLIENT_ADDED"))[0]?.data?.clientId).toBe("deploy_key_100");
  });

  test("a token in a payload is in no event and not in the summary", async () => {
    const token = `ghp_${"Zq7".repeat(12)}`;
    const sender = { id: 1, login: "anne", type: "User" };
    const user = { id: 9, login: "bob" };
    const stored = [
      {
        event: "organization",
        payload: { action: "member_removed", membership: { role: token, user }, sender },
      },
      {
        event: "deploy_key",
        payload: { action: "created", key: { id: 3, title: `${"k".repeat(120)}${token}` }, sender },
      },
    ];
    await writeFile(join(folder, "stored.ndjson"), stored.map((each) => JSON.stringify(each)).join("\n"));
    const { code, stdout, stderr } = await importing(join(folder, "stored.ndjson"));
    expect(code).toBe(0);
    expect(stderr).toMatch(/the role '\[token [0-9a-f]{12}\]' is not one of Daybook's roles/);
    const [added] = await recorded("API_CLIENT_ADDED");
    expect(added?.data?.name).toBe(`${"k".repeat(120)}…`);
    expect(stdout + stderr + JSON.stringify(added)).not.toMatch(/Zq7|ghp_/);
  });

  test("a secret that is missing or too short is wrong usage", async () => {
    await writeFile(join(folder, "short"), "short");
    expect((await run(["import", "github", payloads, "--secret-file", join(folder, "short")])).code).toBe(2);
    expect((await run(["import", "github", payloads, "--secret-file", "nowhere"])).stderr).toContain(
      "openssl rand",
    );
  });
});
