/** `npm run environments [-- WORDS]`: runs the matrix on both servers, prints what it sees and writes docs/environments.md; WORDS select rows. */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { makeFolder } from "../support/server-folder.ts";
import { pageOf, type SeenGroup } from "./page.ts";
import type { EnvironmentRow } from "./row.ts";
import { environmentGroups, environmentRows } from "./rows.ts";
import { look, type Seen } from "./seen.ts";
import { type MatrixServer, startMachines, startPackages } from "./servers.ts";

const words = process.argv.slice(2);
const isWanted = ({ name }: EnvironmentRow): boolean => words.every((word) => name.includes(word));

/** Sees a row on all servers at a time: most of its time is waiting. */
async function seenOn(servers: readonly MatrixServer[], row: EnvironmentRow): Promise<Seen[]> {
  const of = await Promise.all(servers.map((server) => look(server, row, environmentRows.indexOf(row) + 1)));
  for (const [n, { text, isRight }] of of.entries())
    console.log(`${isRight ? "ok  " : "FAIL"} ${servers[n]?.name}: ${row.name}: ${text}`);
  return of;
}

/** The version that a program prints: `PgBouncer 1.18.0`. */
const versionOf = (program: string, argument: string): string => {
  const { stdout, stderr } = spawnSync(program, [argument], { encoding: "utf8" });
  return /^.*/.exec(`${stdout}${stderr}`)?.[0].replace(" version: nginx/", " ") ?? program;
};

const folder = makeFolder();
const servers = [await startMachines(folder), await startPackages(folder)];
const groups: SeenGroup[] = [];
try {
  for (const { title, about, rows } of environmentGroups) {
    const seen: { name: string; of: Seen[] }[] = [];
    for (const row of rows.filter(isWanted)) seen.push({ name: row.name, of: await seenOn(servers, row) });
    groups.push({ title, about, rows: seen });
  }
} finally {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
if (words.length === 0) {
  const names = servers.map(({ name }) => name);
  const programs = [
    `Node ${process.versions.node}`,
    versionOf("pgbouncer", "--version"),
    versionOf("nginx", "-v"),
  ];
  const page = new URL("../../docs/environments.md", import.meta.url);
  writeFileSync(page, pageOf({ servers: names, programs, groups }));
}
const all = groups.flatMap(({ rows }) => rows);
const wrong = all.flatMap(({ of }) => of).filter(({ isRight }) => !isRight).length;
console.log(`${all.length} environments on ${servers.length} servers; ${wrong} not as they must be.`);
process.exitCode = wrong === 0 ? 0 : 1;
