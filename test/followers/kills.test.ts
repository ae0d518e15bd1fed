/** Whatever process is killed, followers skip no event. The long form: `npm run kills:followers`. */
import { expect, test } from "vitest";
import { freshDatabase } from "../support/database.ts";
import { followerKills } from "./kills.ts";

const count = Number(process.env.FOLLOWER_KILLS ?? 2);

test(
  `two processes share the work; ${count} kills (-9) skip no event and index none twice`,
  async () => {
    const report = await followerKills(await freshDatabase("embedded"), count);
    if (process.env.FOLLOWER_KILLS) console.log(JSON.stringify(report, null, 2));
    expect(report).toMatchObject({
      skipped: { words: 0, deliveries: 0 },
      indexedTwice: 0,
      outOfOrder: 0,
      wrong: [],
    });
    // both had a part at the same time
    expect(report.processes).toBeGreaterThan(1);
    expect(report.turns).toBeGreaterThan(report.processes);
  },
  600_000 + count * 60_000,
);
