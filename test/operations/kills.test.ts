/** Rows and log agree, however often the server is killed while it changes them. The long form: `npm run kills:changes -- 200`. */
import { expect, test } from "vitest";
import { freshDatabase } from "../support/database.ts";
import { changeKills, leastBetween } from "./kills.ts";

test("4 kills (-9) while organizations are changed: their rows are what their logs say, and nothing acknowledged is missing", async () => {
  const lines: string[] = [];
  const databaseUrl = await freshDatabase("embedded");
  const report = await changeKills(4, { databaseUrl, notice: (line) => lines.push(line) });
  const { kills, lost, twice, unasked, different, fsck } = report;
  const found = { kills, lost, twice, unasked, different, fsck };
  const sound = { kills: 4, lost: 0, twice: 0, unasked: 0, different: 0, fsck: 0 };
  expect(found, [...lines, report.fsckOutput].join("\n")).toEqual(sound);
  expect(report.acknowledged).toBeGreaterThan(4 * leastBetween);
  expect(report.unanswered).toBeGreaterThan(0);
  console.info(
    `${report.acknowledged} changes acknowledged, ${report.unanswered} unanswered, ${report.seconds} s`,
  );
}, 900_000);
