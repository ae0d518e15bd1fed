/** No request causes a failure of the server. The long form: `npm run fuzz -- 20000`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freshDatabase } from "../support/database.ts";
import { call, startServer } from "../support/server-process.ts";
import { fuzz } from "./fuzz.ts";

test("1,000 random and mutated requests against every route get no 5xx, and every refusal is a problem document", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "daybook-fuzz-"));
  const server = await startServer({ dataFolder, databaseUrl: await freshDatabase("embedded") });
  try {
    for (const slug of ["fuzz", "fuzz-closed"])
      await call(server.url, "POST", "/v1/organizations", { slug, name: slug });
    const report = await fuzz(server, 1_000);
    expect(report.serverErrors).toEqual([]);
    expect(report.notProblems).toEqual([]);
    expect(report.routes).toBeGreaterThan(15);
    expect(report.statuses["201"]).toBeGreaterThan(0);
    expect(report.statuses["422"]).toBeGreaterThan(0);
  } finally {
    await server.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}, 900_000);
