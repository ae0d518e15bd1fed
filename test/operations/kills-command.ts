/** `npm run kills:changes -- [how many]`: kills the server while organizations change, and prints the results. */
import { changeKills } from "./kills.ts";

const count = Number(process.argv[2] ?? 200);
if (!Number.isInteger(count) || count < 1) {
  console.error("usage: npm run kills:changes -- [how many, a whole number from 1; default 200]");
  process.exit(2);
}
const report = await changeKills(count, { notice: (line) => console.error(line) });
console.log(JSON.stringify(report, null, 2));
const sound = report.lost + report.twice + report.unasked + report.different === 0 && report.fsck === 0;
process.exit(sound ? 0 : 1);
