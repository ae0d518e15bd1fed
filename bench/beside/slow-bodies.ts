/** Memory while many connections send large bodies and stop before the end. */
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { operatorToken } from "../../test/support/server-process.ts";
import type { Figure } from "../figures.ts";
import type { Build } from "./builds.ts";

const connections = 250;
const length = 5_000_000;
const missing = 1_000;
const settleMs = 30_000;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Megabytes. */
function memoryOf({ pid }: Build): number {
  const [, kilobytes = "0"] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1_000;
}

/** Lines that could be events, without the end. */
const body = Buffer.from(`{"type":"x"}\n`.repeat(Math.ceil(length / 13))).subarray(0, length - missing);

function sendSlowly({ url }: Build): Socket {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  socket.write(
    [
      "POST /v1/organizations/batches/events HTTP/1.1",
      "host: daybook",
      `authorization: Bearer ${operatorToken}`,
      "content-type: application/x-ndjson",
      `content-length: ${length}`,
      "",
      "",
    ].join("\r\n"),
  );
  socket.write(body);
  return socket;
}

interface Memory {
  readonly idle: number;
  readonly most: number;
}

async function memoryUnderPressure(build: Build): Promise<Memory> {
  await wait(3_000);
  const idle = memoryOf(build);
  let most = idle;
  const sockets = Array.from({ length: connections }, () => sendSlowly(build));
  for (const end = performance.now() + settleMs; performance.now() < end; await wait(200))
    most = Math.max(most, memoryOf(build));
  for (const socket of sockets) socket.destroy();
  return { idle, most };
}

const inWords = ({ idle, most }: Memory): string =>
  `${Math.round(most)} MB, ${Math.round(idle)} MB idle: ${(most / idle).toFixed(2)} times`;

export async function measureSlowBodies(
  startOurs: () => Promise<Build>,
  startTheirs: () => Promise<Build>,
): Promise<Figure[]> {
  const memories: Memory[] = [];
  for (const start of [startTheirs, startOurs]) {
    const build = await start();
    memories.push(await memoryUnderPressure(build));
    await build.stop();
    console.error(inWords(memories.at(-1)!));
  }
  const [theirs, ours] = memories as [Memory, Memory];
  const ratio = ours.most / ours.idle;
  return [
    {
      what: `memory of the process with ${connections} connections that send bodies of 5 MB and stop before the end`,
      measured: inWords(ours),
      yardstick: `the other build: ${inWords(theirs)}`,
      ratio,
      goal: "<= 2 times idle",
      met: ratio <= 2,
    },
  ];
}
