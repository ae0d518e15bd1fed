/**
 * A process that runs followers of the build until it is killed; prints a line when it has begun. Its arguments: the database, the file of
 * deliveries, and the time of a batch.
 */
import { appendFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type * as Followers from "../../server/src/followers/index.ts";
import { deliveries } from "../../server/src/followers/testing/deliveries.ts";
import type * as FullText from "../../server/src/full-text/index.ts";
import type * as Postgres from "../../server/src/store/postgres/index.ts";

/** What a folder of the build has: loading the sources would take several times as long. */
const built = (folder: string): Promise<unknown> =>
  import(new URL(`../../server/dist/${folder}/index.js`, import.meta.url).href);
const { openFollowers } = (await built("followers")) as typeof Followers;
const { fullText, openBuilder } = (await built("full-text")) as typeof FullText;
const { openPostgres } = (await built("store/postgres")) as typeof Postgres;

const [url, file, batchMs] = process.argv.slice(2) as [string, string, string];
const store = await openPostgres(url);
const deliver = deliveries(async (lines) => {
  // a kill can come before the effect as well as after it
  await pause(Number(batchMs));
  appendFileSync(file, lines.map((line) => `${process.pid} ${line}\n`).join(""));
  await pause(Number(batchMs));
});
const { gathers: _gathers, ...words } = fullText({ store, builder: openBuilder() });
openFollowers({ store, followers: [{ ...words, batchSize: 10 }, deliver], appended: () => () => {} });
process.stdout.write("begins\n");
setInterval(() => {}, 1_000);
