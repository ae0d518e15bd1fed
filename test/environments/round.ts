/** A small whole round in an environment: start, ready, an organization, an event, read it, the CSV, stop, fsck, a backup. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "../support/run-command.ts";
import {
  call,
  operatorToken,
  type ServerOptions,
  type ServerProcess,
  startServer,
} from "../support/server-process.ts";

/** How Daybook is started. */
export type Environment = Pick<ServerOptions, "databaseUrl" | "env">;

const warnings = /Warning: |DeprecationWarning/;

/** What is wrong in a serving process, or nothing. */
async function use(server: ServerProcess): Promise<string> {
  await call(server.url, "POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  const event = {
    type: "NEW_TEAM",
    actor: { type: "user", id: "u" },
    targets: [{ type: "team", id: "t" }],
    data: { teamId: "t", team: "Zoë" },
  };
  await call(server.url, "POST", "/v1/organizations/acme/events", event);
  const page = JSON.stringify(await call(server.url, "GET", "/v1/organizations/acme/events?type=NEW_TEAM"));
  if (!page.includes("Zoë")) return `the event is not in the list: ${page}`;
  const csv = await fetch(`${server.url}/v1/organizations/acme/audit-log.csv`, {
    headers: { authorization: `Bearer ${operatorToken}` },
  });
  if (!(await csv.text()).includes("NEW_TEAM")) return `the CSV lacks the event (${csv.status})`;
  return warnings.test(server.output()) ? `a warning is printed: ${server.output()}` : "";
}

async function serveOnce(options: ServerOptions): Promise<string> {
  const server = await startServer(options);
  const seen = await use(server).catch((error: Error) => error.message);
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
    if (fsck.code !== 0) return `fsck: ${fsck.stderr}`;
    const backup = await runCommand(["backup", join(dataFolder, "backup")], options);
    return backup.code === 0 ? "works" : `backup: ${backup.stderr}`;
  } catch (error) {
    return (error as Error).message;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** What `serve` prints where it can't start: its sentence and its remedy. */
export async function refusal(environment: Environment): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), "daybook-environment-"));
  try {
    const env = { ...environment.env, PORT: "0" };
    const { code, stderr } = await runCommand(["serve"], { ...environment, dataFolder, env });
    const { msg, remedy } = JSON.parse(stderr.trim().split("\n").at(-1) ?? "") as Record<string, string>;
    return `exit ${code}: ${msg} ${remedy}`;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
