/** 500 followers of one log: what an event costs for each, and how long it takes from its response to its delivery. */
import { connect, type Socket } from "node:net";
import { call, operatorToken } from "../../test/support/server-process.ts";
import { cpuOf } from "../cpu.ts";
import { eventMaker } from "../events.ts";
import { type Figure, percentile } from "../figures.ts";
import type { Build } from "./builds.ts";

const followers = 500;
const batch = 10;
const posts = 20;
const pauseMs = 300;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A follow with server-sent events; `seen` is called with the number of events in each piece. Resolves when it has begun. */
function follow({ url }: Build, path: string, seen: (events: number) => void): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.setEncoding("latin1");
  socket.write(
    [
      `GET ${path}/follow?after=latest HTTP/1.1`,
      "host: daybook",
      `authorization: Bearer ${operatorToken}`,
      "accept: text/event-stream",
      "",
      "",
    ].join("\r\n"),
  );
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.on("data", (piece: string) => {
      const events = piece.split("\ndata: ").length - 1;
      if (events > 0) seen(events);
      resolve(socket);
    });
  });
}

interface Delivered {
  /** CPU of the server for each event and follower, in microseconds. */
  readonly cpu: number;
  /** From the response to each piece, in milliseconds. */
  readonly times: readonly number[];
}

async function deliver(build: Build, size: number): Promise<Delivered> {
  const slug = `followed-${size}`;
  await call(build.url, "POST", "/v1/organizations", { slug, name: slug });
  const path = `/v1/organizations/${slug}/events`;
  const next = eventMaker(3, { actors: 500, apis: 2_000, days: 0, now: Date.now() });
  const post = (): Promise<unknown> =>
    call(build.url, "POST", path, { events: Array.from({ length: size }, next) });
  for (let n = 0; n < posts; n++) await post();
  let [delivered, answered] = [0, Number.POSITIVE_INFINITY];
  const times: number[] = [];
  const sockets: Socket[] = [];
  const seen = (events: number): void => {
    delivered += events;
    times.push(Math.max(0, performance.now() - answered));
  };
  for (let n = 0; n < followers; n++) sockets.push(await follow(build, path, seen));
  await wait(1_500);
  const before = cpuOf(build.pid);
  for (let n = 1; n <= posts; n++) {
    await post();
    answered = performance.now();
    await wait(pauseMs);
  }
  while (delivered < posts * size * followers) await wait(50);
  const cpu = (cpuOf(build.pid) - before) / delivered;
  for (const socket of sockets) socket.destroy();
  return { cpu, times };
}

const inWords = ({ cpu, times }: Delivered): string =>
  `${cpu.toFixed(1)} us, delivered after p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms`;

type Starting = () => Promise<Build>;

/** Both builds, one after the other. */
export async function measureFollowers(ours: Starting, theirs: Starting): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of [batch, 1]) {
    const measured: Delivered[] = [];
    for (const start of [theirs, ours]) {
      const build = await start();
      measured.push(await deliver(build, size));
      await build.stop();
      console.error(inWords(measured.at(-1)!));
    }
    const [yardstick, mine] = measured as [Delivered, Delivered];
    const p99 = percentile(mine.times, 0.99);
    figures.push({
      what: `Node's CPU an event and follower, ${followers} followers, ${size === 1 ? "single events" : `batches of ${size}`}`,
      measured: inWords(mine),
      yardstick: `the other build: ${inWords(yardstick)}`,
      ratio: mine.cpu / yardstick.cpu,
      goal: size === 1 ? "-" : "<= 12 us, p99 <= 50 ms",
      met: mine.cpu <= 12 && p99 <= 50,
    });
  }
  return figures;
}
