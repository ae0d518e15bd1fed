/** The page of 25 events with 400 changes each: its size, and how long other requests wait meanwhile. */
import { call } from "../../test/support/server-process.ts";
import { type Figure, percentile } from "../figures.ts";
import type { Build } from "./builds.ts";
import { setUp } from "./set-up.ts";

const events = 25;
const changes = 400;
const simultaneous = 4;
const rounds = 5;

const heavy = {
  type: "API_CLIENT_UPDATED",
  actor: { type: "user", id: "u_1", name: "Anne" },
  targets: [{ type: "api_client", id: "c_1", name: "Sync" }],
  data: { clientId: "c_1", name: "Sync" },
  changes: Array.from({ length: changes }, (_, n) => ({
    path: `/settings/setting-${n}`,
    from: `The value before, number ${n}`,
    to: `The value after, number ${n}`,
  })),
};

interface HeavyPage {
  readonly bytes: number;
  /** Milliseconds of each /healthz meanwhile. */
  readonly others: readonly number[];
}

async function measure(build: Build): Promise<HeavyPage> {
  const { url } = build;
  for (let n = 0; n < events; n++) {
    const { status, body } = await call(url, "POST", "/v1/organizations/batches/events", heavy);
    if (status !== 201) throw new Error(`not recorded: ${JSON.stringify(body)}`);
  }
  const cookie = await setUp(build);
  const page = async (): Promise<number> => {
    const address = `${url}/orgs/batches/activity?type=API_CLIENT_UPDATED`;
    const answer = await fetch(address, {
      headers: { cookie, accept: "text/html", "accept-encoding": "identity" },
    });
    const html = await answer.text();
    if (answer.status !== 200 || html.split("<article").length <= events)
      throw new Error(`no page: ${answer.status} ${html.slice(0, 200)}`);
    return Buffer.byteLength(html);
  };
  const bytes = await page();
  const others: number[] = [];
  let isDone = false;
  const asking = (async () => {
    while (!isDone) {
      const began = performance.now();
      await (await fetch(`${url}/healthz`)).arrayBuffer();
      others.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  })();
  for (let round = 0; round < rounds; round++) await Promise.all(Array.from({ length: simultaneous }, page));
  isDone = true;
  await asking;
  return { bytes, others };
}

const inWords = ({ bytes, others }: HeavyPage): string =>
  `${Math.round(bytes / 1024)} KiB; /healthz p99 ${Math.round(percentile(others, 0.99))} ms, at most ${Math.round(Math.max(...others))} ms`;

export async function measureHeavyPage(
  startOurs: () => Promise<Build>,
  startTheirs: () => Promise<Build>,
): Promise<Figure[]> {
  const pages: HeavyPage[] = [];
  for (const start of [startTheirs, startOurs]) {
    const build = await start();
    pages.push(await measure(build));
    await build.stop();
    console.error(inWords(pages.at(-1)!));
  }
  const [theirs, ours] = pages as [HeavyPage, HeavyPage];
  const ratio = Math.max(...ours.others) / Math.max(...theirs.others);
  return [
    {
      what: `a page of ${events} events with ${changes} changes each, ${simultaneous} at a time, and /healthz meanwhile`,
      measured: inWords(ours),
      yardstick: `the other build: ${inWords(theirs)}`,
      ratio,
      goal: "<= 300 KB, the longest /healthz <= 0.1",
      met: ours.bytes <= 300_000 && ratio <= 0.1,
    },
  ];
}
