/**
 * Custom event types of a platform: names from other systems, with the library and the command, over two processes, and through nginx, at
 * the root and below a path, which rewrites paths.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Daybook, type EventName, type NewEvent } from "daybook";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "./support/database.ts";
import { hasNginx, type Nginx, startNginx } from "./support/nginx.ts";
import { call, operatorToken, type ServerProcess, startServer } from "./support/server-process.ts";

const nginx = hasNginx();
if (!nginx) {
  const sentence = "SKIPPED: event types are not asked for through nginx: apt-get install nginx-light";
  if (process.env.CI) throw new Error(sentence);
  console.warn(sentence);
}

/** As they stand in the logs of AWS, Google Cloud, GitHub, Azure and Exchange. */
const names = [
  "s3.amazonaws.com/PutObject",
  "signin.amazonaws.com/ConsoleLogin",
  "google.iam.admin.v1.SetIAMPolicy",
  "v1.compute.instances.insert",
  "repo.add_member",
  "protected_branch.policy_override",
  "Microsoft.Compute/virtualMachines/write",
  "Add-MailboxPermission",
  "kubernetes:pods/exec",
];

let folder: string;
let one: ServerProcess;
let other: ServerProcess;
let proxy: Nginx | undefined;
/** How to reach the first server: directly, through nginx, and through nginx below a path. */
const doors: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "daybook-event-types-"));
  const databaseUrl = await freshDatabase("embedded");
  one = await startServer({ dataFolder: join(folder, "one"), databaseUrl });
  other = await startServer({ dataFolder: join(folder, "one"), databaseUrl });
  for (const slug of ["acme", "globex"])
    await call(one.url, "POST", "/v1/organizations", { slug, name: slug });
  doors.push(one.url);
  if (nginx) doors.push(...(await startProxy(one.url)));
});

afterAll(async () => {
  await proxy?.stop();
  await Promise.all([one?.stop(), other?.stop()]);
  await rm(folder, { recursive: true, force: true });
});

/** Its addresses, at the root and below a path. */
async function startProxy(upstream: string): Promise<string[]> {
  const pass = `{ proxy_pass ${upstream}/; proxy_set_header Host $http_host; }`;
  proxy = await startNginx({ directives: `location / ${pass} location /audit/daybook/ ${pass}` });
  const url = `http://127.0.0.1:${proxy.port}`;
  return [url, `${url}/audit/daybook`];
}

const clientAt = (url: string, organization: string): Daybook =>
  new Daybook({ url, token: operatorToken, organization });

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test("names of CloudTrail, Google Cloud, GitHub and others are registered once and used in every organization", async () => {
  const service = clientAt(one.url, "daybook");
  for (const name of names) {
    const definition = { name, title: `Title of ${name}`, sentence: "{actor} did it" };
    expect(await service.eventTypes.register(definition)).toMatchObject({ name, version: 1 });
    expect(await service.eventTypes.register(definition)).toMatchObject({ name, version: 1 });
  }
  for (const slug of ["acme", "globex"]) {
    // the other process knows them immediately
    const log = clientAt(other.url, slug);
    for (const name of names)
      await log.record({ type: name, actor: { type: "user", id: "u_1" } } as unknown as NewEvent);
    const listed = (await collect(log.eventTypes.list({ limit: 10 }))).map(({ name }) => name);
    expect(listed.slice(-names.length)).toEqual([...names].sort());
  }
});

test("each is asked for by its name, directly, through nginx, and through nginx below a path", async () => {
  for (const door of doors) {
    const log = clientAt(door, "acme");
    for (const name of names) {
      expect(await log.eventTypes.get(name)).toMatchObject({ name });
      expect(await log.eventTypes.get(name, { version: 1 })).toMatchObject({ name });
      const found = await collect(log.search({ type: name as EventName }));
      expect(found.map(({ type }) => type)).toEqual([name]);
      const csv = await new Response(await log.export({ type: name as EventName, data: "json" })).text();
      expect(csv.split("\r\n").filter((row) => row.includes(`,${name},`))).toHaveLength(1);
    }
    await expect(log.eventTypes.get("s3.amazonaws.com/Nothing")).rejects.toMatchObject({
      code: "event-type-not-found",
    });
  }
  if (nginx) expect(doors).toHaveLength(3);
});

test("the answer to a registration leads to the type, also below a path", async () => {
  for (const [n, door] of doors.entries()) {
    const url = `${door}/v1/organizations/acme/event-types`;
    const headers = { authorization: `Bearer ${operatorToken}`, "content-type": "application/json" };
    const name = `below.a/path:${n}`;
    const body = JSON.stringify({ name, title: "T", sentence: "{actor} did it" });
    const made = await fetch(url, { method: "POST", headers, body });
    expect(made.status).toBe(201);
    const location = new URL(made.headers.get("location") ?? "", url);
    const read = (await (await fetch(location, { headers })).json()) as { eventTypes: { name: string }[] };
    expect(read.eventTypes.map((type) => type.name)).toEqual([name]);
  }
});

test("the pages of types are asked for by name too", async () => {
  for (const door of doors) {
    const page = await fetch(`${door}/event-types?type=API_CLIENT_REVOKED`);
    expect(await page.text()).toContain("API client revoked");
    // types of the service are for its users
    expect((await fetch(`${door}/event-types?type=${names[0]}`)).status).toBe(404);
  }
});

test("service and organization, in two processes, take a name at once: one of them has it", async () => {
  for (let n = 0; n < 10; n++) {
    const definition = { name: `race.${n}/Taken`, title: "T", sentence: "{actor} did it" };
    const tries = [
      clientAt(one.url, "daybook").eventTypes.register(definition),
      clientAt(other.url, "acme").eventTypes.register(definition),
    ];
    const done = await Promise.allSettled(n % 2 === 0 ? tries : tries.reverse());
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = done.find((each) => each.status === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: "event-type-name-taken" });
  }
});

const bin = fileURLToPath(new URL("../library/bin/daybook.js", import.meta.url));

function run(args: readonly string[], input = ""): { code: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, DAYBOOK_URL: one.url, DAYBOOK_TOKEN: operatorToken, DAYBOOK_ORG: "acme" };
  const done = spawnSync(process.execPath, [bin, ...args], { env, input, encoding: "utf8" });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}

test("the command registers types of a file, lists them and shows one", () => {
  const lines = ["billing.invoice/Paid", "billing.invoice/Voided"].map((name) =>
    JSON.stringify({ name, title: "Invoice", sentence: "{actor} did it" }),
  );
  const registered = run(["event-types", "register", "-"], `${lines.join("\n")}\n`);
  expect([registered.code, registered.stderr]).toEqual([0, ""]);
  expect(registered.stdout).toBe(
    "billing.invoice/Paid  Invoice (custom, version 1)\nbilling.invoice/Voided  Invoice (custom, version 1)\n",
  );
  const listed = run(["event-types", "list"]).stdout;
  expect(listed).toContain("API_CLIENT_REVOKED  API client revoked\n");
  expect(listed).toContain("billing.invoice/Paid  Invoice (custom, version 1)\n");
  expect(JSON.parse(run(["event-types", "show", "billing.invoice/Paid"]).stdout)).toMatchObject({
    version: 1,
  });
  const missing = run(["event-types", "show", "billing.invoice/Nothing"]);
  expect([missing.code, missing.stdout]).toEqual([1, ""]);
  expect(missing.stderr).toContain("There is no such event type");
  const clash = run(["event-types", "register", "-"], lines[0]?.replace("Paid", "paid"));
  expect(clash.stderr).toContain("billing.invoice/paid differs from billing.invoice/Paid");
});
