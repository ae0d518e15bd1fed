/** A full disk: 503, also from /readyz, nothing is half-written, and recording resumes when there is space again. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Receipt } from "daybook";
import { afterAll, expect, inject, test } from "vitest";
import { copyPrepared } from "./support/prepared.ts";
import { call, operatorToken, type ServerProcess, startServer } from "./support/server-process.ts";

const entry = fileURLToPath(new URL("../server/bin/daybook-server.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "daybook-full-"));
const mounted =
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=220m,mode=0711", "tmpfs", folder]).status === 0;
if (!mounted)
  console.warn(
    "SKIPPED: a full disk is not tried, as no small disk can be mounted here: run the tests as root",
  );
let server: ServerProcess | undefined;

afterAll(async () => {
  if (server?.child.exitCode === null) await server.stop();
  if (mounted) execFileSync("umount", ["-l", folder]);
  rmSync(folder, { recursive: true, force: true });
});

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Fills the remaining space. */
function fill(path: string): void {
  writeFileSync(path, "");
  spawnSync("dd", ["if=/dev/zero", `of=${path}`, "bs=64k"]);
}

async function post(url: string): Promise<{ status: number; code?: string; receipts: Receipt[] }> {
  const event = {
    type: "NEW_TEAM",
    actor: { type: "user", id: "u_1" },
    targets: [{ type: "team", id: "t_1", name: "Team" }],
    data: { teamId: "t_1", team: "Team" },
    reason: "x".repeat(4000),
  };
  const answer = await call(url, "POST", "/v1/organizations/full/events", {
    events: Array.from({ length: 20 }, () => event),
  });
  const body = answer.body as { code?: string; receipts?: Receipt[] };
  return {
    status: answer.status,
    receipts: body.receipts ?? [],
    ...(body.code !== undefined && { code: body.code }),
  };
}

test.runIf(mounted)(
  "a full disk answers 503 and loses nothing; with room again the same process records on",
  async () => {
    const dataFolder = join(folder, "data");
    copyPrepared(inject("prepared"), dataFolder, { durable: true });
    server = await startServer({ dataFolder });
    expect((await call(server.url, "POST", "/v1/organizations", { slug: "full", name: "Full" })).status).toBe(
      201,
    );
    const acknowledged: Receipt[] = [...(await post(server.url)).receipts];
    expect(acknowledged).toHaveLength(20);
    fill(join(folder, "filler"));
    let refused = 0;
    for (let n = 0; n < 400 && refused < 3; n++) {
      const { status, receipts, code } = await post(server.url);
      acknowledged.push(...receipts);
      if (status === 201) continue;
      expect(status).toBe(503);
      expect(["store-unavailable", "outcome-unknown"]).toContain(code);
      refused++;
    }
    expect(refused).toBe(3);
    const { status, body } = await call(server.url, "GET", "/readyz");
    expect([status, (body as { reason?: string }).reason], server.output()).toEqual([503, "disk-full"]);
    // also when nobody has tried to record for a while
    await pause(10_500);
    expect((await call(server.url, "GET", "/readyz")).body).toMatchObject({ reason: "disk-full" });
    truncateSync(join(folder, "filler"), 0);
    let recovered = false;
    for (let n = 0; n < 300 && !recovered; n++) {
      const { status, receipts } = await post(server.url);
      acknowledged.push(...receipts);
      recovered = status === 201;
      if (!recovered) await pause(100);
    }
    expect(recovered, server.output()).toBe(true);
    expect((await call(server.url, "GET", "/readyz")).status).toBe(200);
    expect(new Set(acknowledged.map(({ seq }) => seq)).size).toBe(acknowledged.length);
    await server.stop();
    const fsck = spawnSync(process.execPath, [entry, "fsck"], {
      env: {
        ...process.env,
        DAYBOOK_DATA: dataFolder,
        DAYBOOK_OPERATOR_TOKEN: operatorToken,
        DATABASE_URL: undefined,
      },
      encoding: "utf8",
    });
    expect(fsck.stdout + fsck.stderr).toContain("no differences found");
  },
  300_000,
);
