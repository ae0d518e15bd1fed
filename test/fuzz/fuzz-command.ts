/** `npm run fuzz -- [how many] [seed]`: random and mutated requests against every route of a server started for it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { call, startServer } from "../support/server-process.ts";
import { fuzz } from "./fuzz.ts";

const count = Number(process.argv[2] ?? 20_000);
const seed = Number(process.argv[3] ?? 1);
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error("usage: npm run fuzz -- [how many; default 20000] [seed; default 1]");
  process.exit(2);
}
const dataFolder = await mkdtemp(join(tmpdir(), "daybook-fuzz-"));
const server = await startServer({ dataFolder });
try {
  for (const slug of ["fuzz", "fuzz-closed"])
    await call(server.url, "POST", "/v1/organizations", { slug, name: slug });
  const report = await fuzz(server, count, seed);
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.serverErrors.length + report.notProblems.length === 0 ? 0 : 1;
} finally {
  await server.stop();
  await rm(dataFolder, { recursive: true, force: true });
}
