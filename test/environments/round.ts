/** A small whole round in an environment: start, ready, an organization, an event, follow it, list it, the CSV, stop, fsck, a backup. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../support/run-command.ts";
import { type ServerOptions, type ServerProcess, startServer } from "../support/server-process.ts";
import { askAt, followAt } from "./caller.ts";

/** How Daybook is started, and how callers reach it. */
export interface Environment extends Pick<ServerOptions, "databaseUrl" | "env" | "port"> {
  /** A proxy with TLS in front of it: its address, and the file of its certificate's authority. */
  readonly proxy?: { readonly url: string; readonly authority: string };
}

const warnings = /Warning: |DeprecationWarning/;
const forged = "203.0.113.66";
const event = {
  type: "NEW_TEAM",
  actor: { type: "user", id: "u" },
  targets: [{ type: "team", id: "t" }],
  data: { teamId: "t", team: "Zoë" },
};

/** What is wrong in a serving process, or nothing. */
async function use(server: ServerProcess, { proxy }: Environment): Promise<string> {
  const { url, authority } = { url: server.url, authority: undefined, ...proxy };
  const ask = askAt(url, authority);
  const names = { slug: "acme", name: "Acme" };
  const added = await ask("POST", "/v1/organizations", names, { "x-forwarded-for": forged });
  const location = `${new URL(url).pathname.replace(/\/$/, "")}/v1/organizations/acme`;
  if (!added.head.includes(`location: ${location}\r\n`)) return `not at ${location}: ${added.head}`;
  if (proxy && !added.head.startsWith("HTTP/2 201")) return `not by HTTP/2: ${added.head}`;
  const at = "/v1/organizations/acme";
  const following = followAt(url, `${at}/events/follow`, authority);
  try {
    await ask("POST", `${at}/events`, event);
    await following.until("Zoë");
  } finally {
    await following.end();
  }
  const list = await ask("GET", `${at}/events?type=NEW_TEAM`);
  if (!list.body.includes("Zoë")) return `the event is not in the list: ${list.head}${list.body}`;
  const all = proxy && (await ask("GET", "/v1/organizations/daybook/events")).body;
  if (all?.includes('"127.0.0.1"') === false || all?.includes(forged))
    return `another address than the caller's: ${all}`;
  const csv = await ask("GET", `${at}/audit-log.csv`);
  if (!csv.body.includes("NEW_TEAM")) return `the CSV lacks the event: ${csv.head}${csv.body}`;
  return warnings.test(server.output()) ? `a warning is printed: ${server.output()}` : "";
}

async function serveOnce(environment: Environment & ServerOptions): Promise<string> {
  const server = await startServer(environment);
  const seen = await use(server, environment).catch((error: Error) => error.message);
  const code = await server.stop();
  return code === 0 ? seen : `${seen} SIGTERM ended it with ${code}`;
}

/** `works`, or what was seen instead. */
export async function round(environment: Environment): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), "daybook-environment-"));
  const options = { ...environment, dataFolder };
  try {
    const seen = await serveOnce(options);
    if (seen !== "") return seen;
    const fsck = await runCommand(["fsck"], options);
    if (fsck.code !== 0) return `fsck: ${fsck.stdout}${fsck.stderr}`;
    const backup = await runCommand(["backup", join(dataFolder, "backup")], options);
    return backup.code === 0 ? "works" : `backup: ${backup.stderr}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** What `serve` prints where it must not start: its sentence and its remedy. */
export async function refusal(environment: Environment): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), "daybook-environment-"));
  try {
    const env = { ...environment.env, PORT: "0" };
    const { code, stderr } = await runCommand(["serve"], { ...environment, dataFolder, env });
    const { msg, remedy } = JSON.parse(stderr.trim().split("\n").at(-1) ?? "") as Record<string, string>;
    return code === 1 ? `${msg}\n${remedy}` : `it exits with ${code}: ${msg}`;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
