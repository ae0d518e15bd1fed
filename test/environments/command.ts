/** `npm run environments [-- WORDS]`: runs the matrix on both servers, prints the table and writes docs/environments.md; WORDS select rows. */
import { rmSync, writeFileSync } from "node:fs";
import { makeFolder } from "../support/server-folder.ts";
import { environmentRows } from "./rows.ts";
import { look, pageOf, type Seen } from "./seen.ts";
import { startMachines, startPackages } from "./servers.ts";

const words = process.argv.slice(2);
const rows = environmentRows.filter(({ name }) => words.every((word) => name.includes(word)));
const folder = makeFolder();
const servers = [await startMachines(folder), await startPackages(folder)];
const seen: { name: string; of: Seen[] }[] = [];
try {
  for (const [index, row] of rows.entries()) {
    const of: Seen[] = [];
    for (const server of servers) of.push(await look(server, row, index + 1));
    seen.push({ name: row.name, of });
    for (const [n, { text, isRight }] of of.entries())
      console.log(`${isRight ? "ok  " : "FAIL"} ${servers[n]!.name}: ${row.name}: ${text}`);
  }
} finally {
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
if (words.length === 0) {
  const page = new URL("../../docs/environments.md", import.meta.url);
  writeFileSync(
    page,
    pageOf(
      servers.map(({ name }) => name),
      seen,
    ),
  );
}
const wrong = seen.flatMap(({ of }) => of).filter(({ isRight }) => !isRight).length;
console.log(`${seen.length} environments on ${servers.length} servers; ${wrong} not as they must be.`);
process.exitCode = wrong === 0 ? 0 : 1;
