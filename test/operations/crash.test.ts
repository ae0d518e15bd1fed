/**
 * No change without its event, and no event without its change: the connection to the database is cut before each statement of each
 * operation's transaction, before COMMIT, and after it before the response. kills.ts does the same with real kills.
 */
import { expect, test } from "vitest";
import { type Cuts, cutEverywhere } from "./cut.ts";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import type { Steps } from "./places-to-cut.ts";
import { unexpectedFindings } from "./unexpected.ts";
import { type OperationsWorld, openWorld } from "./world.ts";

const recording = operations.filter(({ records }) => Object.keys(records).length > 0);
let people: OperationsWorld | undefined;
let alone: OperationsWorld | undefined;
const total = { transactions: 0, cuts: 0, nothing: 0, some: 0, all: 0 };

/** Those with people share one, which goes on working however often its line is cut. */
async function open({ on }: Operation): Promise<OperationsWorld> {
  if (on === undefined) {
    people ??= await openWorld("people", { cuttable: true });
    return people;
  }
  await closeAlone();
  alone = await openWorld(on, { cuttable: true });
  return alone;
}

async function closeAlone(): Promise<void> {
  if (alone !== undefined) await check(alone);
  await alone?.close();
  alone = undefined;
}

async function check(world: OperationsWorld): Promise<void> {
  expect(await unexpectedFindings(world)).toEqual([]);
}

function add(cuts: Cuts): void {
  for (const key of Object.keys(total) as (keyof Cuts)[]) total[key] += cuts[key];
}

/**
 * `npm run cuts`: before each statement, and at COMMIT in four ways. Otherwise before every fifth statement, at another one for the next
 * operation (every tenth where each cut needs a server of its own), and at COMMIT in three ways.
 */
function stepsOf(operation: Operation): Steps {
  if (process.env.CUTS === "all") return { from: 1, step: 1, lives: ["before", "after"] };
  const at = recording.indexOf(operation);
  const step = operation.on === undefined ? 5 : 10;
  return { from: 1 + (at % 5), step, lives: [at % 2 === 0 ? "before" : "after"] };
}

test.each(recording)(
  "$name: wherever it is cut, each of its transactions is there as a whole or not at all",
  async (operation) => {
    const steps = stepsOf(operation);
    const cuts = await cutEverywhere(operation, () => open(operation), steps);
    add(cuts);
    // some statements, and COMMIT in each way: only the killed one never reached the database, and nobody tried again
    const whole = 1 + steps.lives.length;
    expect(cuts.cuts).toBeGreaterThanOrEqual(whole + 2);
    expect(cuts.nothing + cuts.some + cuts.all).toBe(cuts.cuts);
    expect(cuts.all).toBeGreaterThanOrEqual(whole);
    if (cuts.transactions === 1) expect(cuts.all).toBe(whole);
    if (process.env.CUTS === "all") console.info(`${operation.name}: ${JSON.stringify(cuts)}`);
  },
  process.env.CUTS === "all" ? 900_000 : 300_000,
);

test("after all cuts fsck finds nothing", async () => {
  console.info(`${recording.length} operations, ${total.cuts} cuts: ${JSON.stringify(total)}`);
  await closeAlone();
  await check(people!);
  expect(total.cuts).toBeGreaterThan(330);
}, 300_000);
