/** All places where data of a request could remain: the database in every output form, events, files, metrics. As texts. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gunzipSync } from "node:zlib";
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import { exportFormats } from "../../server/src/export/index.ts";
import { backup } from "../../server/src/store/postgres/index.ts";
import { systemBinaries } from "../support/system-postgres.ts";
import type { OperationsWorld } from "./world.ts";

/** Of a world whose database is `databaseUrl`, behind no line. */
export async function placesOf(world: OperationsWorld): Promise<Map<string, string>> {
  const places = new Map<string, string>();
  for (const [table, text] of await tablesOf(world)) places.set(`table ${table}`, text);
  const { databaseUrl, server } = world.on;
  places.set("backup", await backupOf(databaseUrl));
  const dump = dumpOf(databaseUrl);
  if (dump !== undefined) places.set("pg_dump", dump);
  if (server === undefined) return places;
  places.set("log lines", server.lines());
  // not where the operator's token was replaced
  if ((await server.call("GET", "/v1/events")).status === 200) {
    for (const [path, text] of await answersOf(world, server)) places.set(path, text);
  }
  return places;
}

async function tablesOf({ sql }: OperationsWorld): Promise<[string, string][]> {
  const { rows } = await sql.query("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()");
  const tables: [string, string][] = [];
  for (const { tablename } of rows) {
    const found = await sql.query(`SELECT r::text AS one FROM ${tablename} r`);
    tables.push([tablename, found.rows.map(({ one }) => one).join("\n")]);
  }
  return tables;
}

async function backupOf(databaseUrl: string): Promise<string> {
  const pieces: Buffer[] = [];
  const into = new Writable({
    write(piece, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  await backup(databaseUrl, into);
  return gunzipSync(Buffer.concat(pieces)).toString();
}

/** What pg_dump writes; undefined where the machine has none, or an older one than the database. */
function dumpOf(databaseUrl: string): string | undefined {
  const folder = systemBinaries();
  if (folder === undefined) return undefined;
  const { stdout, stderr, status } = spawnSync(join(folder, "pg_dump"), [databaseUrl], {
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (stderr.includes("server version mismatch")) return undefined;
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** All events and a whole file in each format of each organization, the global log, the metrics. */
async function answersOf({ sql }: OperationsWorld, server: TestServer): Promise<[string, string][]> {
  const { rows } = await sql.query("SELECT slug FROM organization");
  const answers: [string, string][] = [["GET /metrics", (await server.call("GET", "/metrics")).text]];
  const files = exportFormats.map(({ name, options }) => {
    const data = options.some((option) => option.name === "data") ? "&data=json" : "";
    return `audit-log.${name}?from=2000-01-01T00:00:00Z&context=true${data}`;
  });
  for (const { slug } of rows) {
    const at = `/v1/organizations/${slug}`;
    answers.push([`GET ${at}/events`, await pages(server, `${at}/events`)]);
    if (slug === "daybook") continue;
    for (const file of files)
      answers.push([`GET ${at}/${file}`, (await server.call("GET", `${at}/${file}`)).text]);
  }
  return [...answers, ["GET /v1/events", await pages(server, "/v1/events")]];
}

async function pages(server: TestServer, path: string): Promise<string> {
  let text = "";
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await server.call("GET", `${path}?limit=1000${query}`);
    if (answer.status !== 200) throw new Error(answer.text);
    text += answer.text;
    cursor = answer.body.next;
  } while (cursor !== null);
  return text;
}
