/** `npm run kills -- [how many]`: kills the server and PostgreSQL at random moments and prints what was lost. */
import { kills } from "./kills.ts";

const count = Number(process.argv[2] ?? 200);
if (!Number.isInteger(count) || count < 1) {
  console.error("usage: npm run kills -- [how many, a whole number from 1; default 200]");
  process.exit(2);
}
const report = await kills(count, { notice: (line) => console.error(line) });
console.log(JSON.stringify(report, null, 2));
const sound =
  report.lost + report.altered + report.gaps + report.duplicates + report.unasked === 0 && report.fsck === 0;
process.exit(sound ? 0 : 1);
