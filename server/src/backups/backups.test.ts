/** The files of backups: names, leftovers of killed runs, another run, failures in words, and old ones. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { finished } from "node:stream/promises";
import { describe, expect, test } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { fileTrouble } from "../files/index.ts";
import { openPart } from "./part-file.ts";
import { removeOld } from "./rotation.ts";
import { type BackupTarget, readTarget } from "./target.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "daybook-backups-"));
  afterwards(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const night = new Date("2026-11-30T02:00:05.678Z");
const oneFile = (path: string): BackupTarget => readTarget(path, night, undefined);
const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe("the place of a backup", () => {
  test("is the file, which each run replaces", () => {
    const target = readTarget("some/daybook.backup", night, undefined);
    expect(target).toMatchObject({
      path: join(process.cwd(), "some/daybook.backup"),
      series: /^daybook\.backup$/,
    });
  });

  test("is a file for each run in a folder, or under a name with {time}", () => {
    const at = folder();
    const stamped = join(at, "daybook-20261130T020005Z.backup");
    for (const argument of [at, `${at}/`]) expect(readTarget(argument, night, 3).path).toBe(stamped);
    expect(readTarget(join(at, "a.(b)-{time}.x"), night, 3).path).toBe(join(at, "a.(b)-20261130T020005Z.x"));
  });

  test("needs a time in its name if old ones are removed", () => {
    expect(refusal(() => readTarget("daybook.backup", night, 3))).toMatchObject({
      code: "usage-invalid",
      remedy: expect.stringContaining("{time}"),
    });
    expect(refusal(() => readTarget("{time}/daybook.backup", night, undefined))).toMatchObject({
      code: "usage-invalid",
    });
  });
});

test("old backups of the series go, the newest stay, and no other file is touched", () => {
  const at = folder();
  const others = [
    "daybook.backup",
    "daybook-20261130T020005Z.backup.part-1@x",
    "other-20200101T000000Z.backup",
    "daybook-2020.backup",
  ];
  for (const name of others) writeFileSync(join(at, name), "");
  const days = ["27", "28", "29", "30"].map((day) => `daybook-202611${day}T020005Z.backup`);
  for (const name of days) writeFileSync(join(at, name), "");
  const target = readTarget(at, night, 2);
  expect(removeOld(target, 2)).toEqual(days.slice(0, 2).map((name) => join(at, name)));
  expect(readdirSync(at).sort()).toEqual([...others, ...days.slice(2)].sort());
  expect(removeOld(target, 2)).toEqual([]);
  expect(removeOld(readTarget(join(at, "daybook.backup"), night, undefined), 1)).toEqual([]);
});

test("the backup of this run stays, also if an older one was made while the clock was ahead", () => {
  const at = folder();
  const [older, ahead, made] = ["20261129", "20271130", "20261130"].map(
    (day) => `daybook-${day}T020005Z.backup`,
  );
  for (const name of [older, ahead, made]) writeFileSync(join(at, name!), "");
  expect(removeOld(readTarget(at, night, 1), 1)).toEqual([older, ahead].map((name) => join(at, name!)));
  expect(readdirSync(at)).toEqual([made]);
});

describe("a backup that is written", () => {
  const quiet = (): void => {};

  test("has its name only when it is complete, and is its owner's", async () => {
    const path = join(folder(), "b");
    const part = await openPart(oneFile(path), quiet);
    part.stream.end("content");
    await finished(part.stream);
    expect(existsSync(path)).toBe(false);
    expect(await part.complete()).toBe(7);
    expect([readFileSync(path, "utf8"), readdirSync(join(path, ".."))]).toEqual(["content", ["b"]]);
  });

  test("leaves nothing when it is discarded, at whatever moment, and keeps an earlier one", async () => {
    const path = join(folder(), "b");
    writeFileSync(path, "earlier");
    const part = await openPart(oneFile(path), quiet);
    part.stream.write("half");
    part.discard();
    part.discard();
    expect([readFileSync(path, "utf8"), readdirSync(join(path, ".."))]).toEqual(["earlier", ["b"]]);
  });

  const longDead = 4_000_000;
  test.each([
    ["a process that is gone", `${longDead}@${hostname()}`, 0],
    ["a container's process with this id", `${process.pid}@${hostname()}`, 0],
    ["a process whose id another program has now", `1@${hostname()}`, 120],
    ["another machine, a while ago", "7@elsewhere", 120],
    ["another machine, whose clock ran ahead", "7@elsewhere", -120],
    ["nobody", "", 120],
  ])("takes over what %s left", async (_, writer, secondsAgo) => {
    const path = join(folder(), "b");
    const left = `${path}.part-${writer}`;
    writeFileSync(left, "half");
    const at = Date.now() / 1000 - secondsAgo;
    utimesSync(left, at, at);
    const lines: string[] = [];
    const part = await openPart(oneFile(path), (line) => lines.push(line));
    expect(lines).toEqual([`Removing ${left}, which an interrupted backup left.`]);
    part.discard();
  });

  test.each([`1@${hostname()}`, "7@elsewhere"])(
    "waits for no other, and leaves alone what %s writes now",
    async (writer) => {
      const path = join(folder(), "b");
      writeFileSync(`${path}.part-${writer}`, "half");
      await expect(openPart(oneFile(path), quiet)).rejects.toMatchObject({
        code: "usage-invalid",
        message: expect.stringContaining("Another backup to this place is running"),
      });
      expect(readdirSync(join(path, ".."))).toEqual([`b.part-${writer}`]);
    },
  );

  test("to a file for each run takes over what an earlier run left, and meets one that runs", async () => {
    const at = folder();
    const earlier = join(at, `daybook-20261129T020005Z.backup.part-${longDead}@${hostname()}`);
    const other = join(at, `other-20261129T020005Z.backup.part-${longDead}@${hostname()}`);
    for (const path of [earlier, other]) writeFileSync(path, "half");
    const lines: string[] = [];
    const part = await openPart(readTarget(at, night, undefined), (line) => lines.push(line));
    expect(lines).toEqual([`Removing ${earlier}, which an interrupted backup left.`]);
    part.discard();
    expect(readdirSync(at)).toEqual([basename(other)]);
    writeFileSync(join(at, "daybook-20261129T020005Z.backup.part-7@elsewhere"), "half");
    await expect(openPart(readTarget(at, night, undefined), quiet)).rejects.toMatchObject({
      message: expect.stringContaining("Another backup to this place is running"),
    });
  });

  test.each([
    ["a folder that isn't there", (at: string) => join(at, "no", "b"), "there is no such file or folder"],
    ["a folder below a file", (at: string) => join(at, "file", "b"), "a part of the path is not a folder"],
    ["a long name", (at: string) => join(at, "b".repeat(250)), "the name is too long"],
  ])("says in words what is wrong with %s", async (_, pathIn, why) => {
    const at = folder();
    writeFileSync(join(at, "file"), "");
    const error = await openPart(oneFile(pathIn(at)), quiet).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: "usage-invalid", remedy: expect.stringMatching(/\.$/) });
    expect((error as Error).message).toContain(why);
  });

  test("over a folder of that name says so at its end", async () => {
    const path = join(folder(), "b");
    const target = oneFile(path);
    mkdirSync(join(path, "in-it"), { recursive: true });
    const part = await openPart(target, quiet);
    part.stream.end();
    await finished(part.stream);
    await expect(part.complete()).rejects.toMatchObject({
      message: expect.stringContaining("it is a folder"),
    });
    part.discard();
    expect(readdirSync(join(path, ".."))).toEqual(["b"]);
  });
});

test.each([
  [Object.assign(new Error("x"), { code: "ENOSPC" }), "the disk is full"],
  [Object.assign(new Error("x"), { code: "EDQUOT" }), "the disk quota is used up"],
  [Object.assign(new Error("x"), { code: "EROFS" }), "the file system is read-only"],
  ["FATAL: could not write lock file: No space left on device", "the disk is full"],
])("%s: %s", (error, why) => {
  expect(fileTrouble(error)?.why).toBe(why);
});

test("an error of something else has no trouble with files", () => {
  expect(fileTrouble(new Error("division by zero"))).toBeUndefined();
});
