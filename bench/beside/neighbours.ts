/** Quiet organizations beside a noisy one: how long their events take, and whether any is refused. */
import { call } from "../../test/support/server-process.ts";
import { eventMaker } from "../events.ts";
import { type Figure, percentile } from "../figures.ts";
import type { Build } from "./builds.ts";

const quietOrganizations = 20;
const noisyConnections = 64;
const noisyBatch = 500;

interface Sender {
  readonly path: string;
  readonly token: string;
}

/** An organization with an API client of its own. */
async function senderOf({ url }: Build, slug: string): Promise<Sender> {
  await call(url, "POST", "/v1/organizations", { slug, name: slug });
  const expiresOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const client = { name: "Sender", scopes: ["events:write"], expiresOn };
  const { status, body } = await call(url, "POST", `/v1/organizations/${slug}/api-clients`, client);
  if (status !== 201) throw new Error(`no API client: ${JSON.stringify(body)}`);
  return { path: `/v1/organizations/${slug}/events`, token: (body as { token: string }).token };
}

async function post({ url }: Build, { path, token }: Sender, body: string, type: string): Promise<number> {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": type },
    body,
  });
  await answer.arrayBuffer();
  return answer.status;
}

interface Answers {
  /** Milliseconds of each event of the quiet ones. */
  readonly times: number[];
  readonly refused: number;
  readonly noisyEvents: number;
  readonly noisyRefused: number;
}

/** Sends for some seconds; waits for all answers. */
async function sendTo(build: Build, seconds: number): Promise<Answers> {
  const next = eventMaker(7, { actors: 500, apis: 2_000, days: 0, now: Date.now() });
  const noisy = await senderOf(build, "noisy");
  const quiet: Sender[] = [];
  for (let n = 0; n < quietOrganizations; n++) quiet.push(await senderOf(build, `quiet-${n}`));
  const batches = Array.from({ length: 20 }, () =>
    Array.from({ length: noisyBatch }, () => JSON.stringify(next())).join("\n"),
  );
  const times: number[] = [];
  const counts = { refused: 0, noisyEvents: 0, noisyRefused: 0 };
  const end = performance.now() + seconds * 1_000;
  const noise = async (_: unknown, n: number): Promise<void> => {
    for (let i = n; performance.now() < end; i++) {
      const status = await post(build, noisy, batches[i % batches.length]!, "application/x-ndjson");
      if (status === 201) counts.noisyEvents += noisyBatch;
      else counts.noisyRefused++;
    }
  };
  const one = async (sender: Sender): Promise<void> => {
    const began = performance.now();
    const status = await post(build, sender, JSON.stringify(next()), "application/json");
    times.push(performance.now() - began);
    if (status !== 201) counts.refused++;
  };
  const whisper = async (sender: Sender, n: number): Promise<void> => {
    const sent: Promise<void>[] = [];
    await new Promise((resolve) => setTimeout(resolve, 2_000 + n * (1_000 / quietOrganizations)));
    while (performance.now() < end) {
      sent.push(one(sender));
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
    await Promise.all(sent);
  };
  await Promise.all([...Array.from({ length: noisyConnections }, noise), ...quiet.map(whisper)]);
  return { times, ...counts };
}

const inWords = ({ times, refused, noisyEvents, noisyRefused }: Answers): string => {
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(percentile(times, share)));
  return `p50 ${p50} ms, p99 ${p99} ms, ${refused} of ${times.length} refused (noisy: ${noisyEvents} events, ${noisyRefused} requests refused)`;
};

export async function measureNeighbours(
  startOurs: () => Promise<Build>,
  startTheirs: () => Promise<Build>,
  { seconds }: { readonly seconds: number },
): Promise<Figure[]> {
  const answers: Answers[] = [];
  for (const start of [startTheirs, startOurs]) {
    const build = await start();
    answers.push(await sendTo(build, seconds));
    await build.stop();
    console.error(inWords(answers.at(-1)!));
  }
  const [theirs, ours] = answers as [Answers, Answers];
  const ratio = percentile(ours.times, 0.99) / percentile(theirs.times, 0.99);
  return [
    {
      what: `${quietOrganizations} organizations at an event a second beside ${noisyConnections} connections with batches of ${noisyBatch}`,
      measured: inWords(ours),
      yardstick: `the other build: ${inWords(theirs)}`,
      ratio,
      goal: "p99 <= 0.1, none refused",
      met: ratio <= 0.1 && ours.refused === 0,
    },
  ];
}
