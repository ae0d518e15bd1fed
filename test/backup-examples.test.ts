/** The examples of nightly backups in docs/operating.md: cron, systemd and Kubernetes take them, and their commands run as written. */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, inject, test } from "vitest";
import { parse } from "yaml";
import { afterwards } from "./support/afterwards.ts";
import { copyPrepared } from "./support/prepared.ts";
import { runCommand } from "./support/run-command.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const page = readFileSync(join(root, "docs/operating.md"), "utf8");

/** The indented blocks of the page that have that text, without the indentation. */
const blocksWith = (text: string): string[] =>
  page
    .split(/\n\n(?! {4})/)
    .flatMap((part) => /(?:^|\n)((?: {4}.*(?:\n+|$))+)/.exec(part)?.[1] ?? [])
    .map((block) => block.replaceAll(/^ {4}/gm, ""))
    .filter((block) => block.includes(text));
const [service = "", timer = ""] = [blocksWith("ExecStart="), blocksWith("OnCalendar=")].flat();
const [cronLine = ""] = blocksWith("0 2 * * *  daybook");
const job = parse(blocksWith("kind: CronJob")[0] ?? "");
const pod = job.spec.jobTemplate.spec.template.spec;
const [container] = pod.containers;

let folder: string;
let dataFolder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "daybook-backup-examples-"));
  afterwards(() => rmSync(folder, { recursive: true, force: true }));
  dataFolder = join(folder, "data");
  chmodSync(folder, 0o711);
  copyPrepared(inject("prepared"), dataFolder);
  expect(await runCommand(["migrate"], { dataFolder })).toMatchObject({ code: 0 });
});

const [, ofCron = ""] = /daybook-server (backup .*)/.exec(cronLine) ?? [];
const [, ofService = ""] = /^ExecStart=\S+ (.*)$/m.exec(service) ?? [];

test.each<[string, readonly string[]]>([
  ["cron", ofCron.trim().split(" ")],
  ["systemd", ofService.split(" ")],
  ["Kubernetes", container.args],
])("the command of %s makes a backup, and prints nothing", async (name, args) => {
  const into = join(folder, name);
  mkdirSync(into);
  const [command, , ...others] = args;
  expect(others).toEqual(["--keep", "14", "--quiet"]);
  const { code, stdout, stderr } = await runCommand([command!, `${into}/`, ...others], { dataFolder });
  expect([code, stdout, stderr]).toEqual([0, "", ""]);
  expect(readdirSync(into)).toEqual([expect.stringMatching(/^daybook-\d{8}T\d{6}Z\.backup$/)]);
});

test("the job of Kubernetes runs the image's own command, and may write where it says", () => {
  const dockerfile = readFileSync(join(root, "deploy/container/Dockerfile"), "utf8");
  const entry = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]");
  expect([job.apiVersion, job.kind]).toEqual(["batch/v1", "CronJob"]);
  expect(container.command).toEqual(entry);
  expect(container.args[1]).toBe(`${container.volumeMounts[0].mountPath}/`);
  expect(pod.volumes.map(({ name }: { name: string }) => name)).toEqual([container.volumeMounts[0].name]);
  // the user of the image
  expect(dockerfile).toContain(`USER 1000:${pod.securityContext.fsGroup}`);
});

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

test.skipIf(!hasSystemd)("systemd knows every directive, and would find one that is planted", () => {
  const program = join(folder, "daybook-server");
  writeFileSync(program, "#!/bin/sh\n", { mode: 0o755 });
  const verified = (text: string): string => {
    // the program, and its user, are those of a machine with Daybook
    const here = text.replace("/usr/bin/daybook-server", program).replace("User=daybook", "User=root");
    writeFileSync(join(folder, "daybook-backup.service"), here);
    writeFileSync(join(folder, "daybook-backup.timer"), timer);
    const units = ["daybook-backup.service", "daybook-backup.timer"].map((name) => join(folder, name));
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", ...units], {
      encoding: "utf8",
    });
    return `${status} ${stdout}${stderr}`.trim();
  };
  expect(verified(service)).toBe("0");
  expect(verified(service.replace("Type=", "Typ="))).toContain("Typ");
});
