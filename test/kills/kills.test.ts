/** No acknowledged event is lost, whichever process is killed. The long form: `npm run kills -- 200`. */
import { expect, inject, test } from "vitest";
import { copyPrepared } from "../support/prepared.ts";
import { kills, leastBetween } from "./kills.ts";

test("4 kills (-9) at random moments under load lose no acknowledged event, leave no gap and no duplicate", async () => {
  const prepare = (folder: string): void => copyPrepared(inject("prepared"), folder, { durable: true });
  const report = await kills(4, { prepare });
  expect(report.fsckOutput).not.toBe("");
  expect({ ...report, acknowledged: 0, seconds: 0, fsckOutput: "" }).toEqual({
    kills: { server: 2, postgres: 2 },
    acknowledged: 0,
    lost: 0,
    altered: 0,
    gaps: 0,
    duplicates: 0,
    unasked: 0,
    fsck: 0,
    fsckOutput: "",
    seconds: 0,
  });
  expect(report.acknowledged).toBeGreaterThan(4 * leastBetween);
}, 900_000);
