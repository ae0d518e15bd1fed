/** A session from the outside: started when there is work for it, killed and replaced when it doesn't respond. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { SessionOrder, SessionResult } from "./session.ts";

/** Runs one order after the other. */
export interface Session {
  /** The result; undefined if there was none within the time. */
  run(order: SessionOrder, milliseconds: number): Promise<SessionResult | undefined>;
  close(): Promise<void>;
}

/** A session in a copy of the repository; its tests write down what they reach in a folder. */
export function openSession(copy: string, reachFolder: string): Session {
  let running: ChildProcess | undefined;
  return {
    async run(order, milliseconds) {
      running ??= await start(copy, reachFolder);
      const child = running;
      child.send(order);
      const result = await answerOf(child, milliseconds);
      if (result === undefined) {
        running = undefined;
        kill(child);
      }
      return result;
    },
    async close() {
      if (running === undefined) return;
      const ended = once(running, "exit");
      running.disconnect();
      await ended;
      running = undefined;
    },
  };
}

/** What a session answers; undefined if it ends, or says nothing within the time. */
async function answerOf(child: ChildProcess, milliseconds: number): Promise<SessionResult | undefined> {
  const answered = new AbortController();
  const signal = AbortSignal.any([answered.signal, AbortSignal.timeout(milliseconds)]);
  const nothing = (): undefined => undefined;
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([message]) => message as SessionResult, nothing),
      once(child, "exit", { signal }).then(nothing, nothing),
    ]);
  } finally {
    answered.abort();
  }
}

async function start(copy: string, reachFolder: string): Promise<ChildProcess> {
  const child = fork(join(copy, "test/mutants/session.ts"), {
    cwd: copy,
    env: { ...process.env, DAYBOOK_MUTANTS_REACH: reachFolder },
    execArgv: ["--import", "tsx"],
    // a group of its own, so that what it started ends with it
    detached: true,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await Promise.race([once(child, "message"), failureOf(child)]);
  return child;
}

const failureOf = async (child: ChildProcess): Promise<never> => {
  const [code] = await once(child, "exit");
  throw new Error(`The session of the tests ended with ${code} before it was ready.`);
};

/** Ends a session with all that it started; the next one removes what its PostgreSQL leaves (test/support/global-setup.ts). */
function kill(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // it has ended already
  }
}
