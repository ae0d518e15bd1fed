/**
 * The server's young generation. Recording makes much garbage at once, and V8 copies less of it if there is room (docs/performance.md). V8 takes
 * the size only when a process starts, so `serve` starts again with it.
 */
import { spawn } from "node:child_process";
import { constants, totalmem } from "node:os";

/** MiB of each half. The whole takes up to three times as much. */
export const flag = "--max-semi-space-size=64";
/** Bytes. */
const leastMemory = 1024 ** 3;
/** Set for the second process where Node can't replace the first. */
const secondProcess = "DAYBOOK_SECOND_PROCESS";

/** From Node 22.15 on: replaces this process by another one, which keeps its id. */
type Execve = (file: string, args: readonly string[], env: NodeJS.ProcessEnv) => never;

export interface Start {
  readonly platform: NodeJS.Platform;
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Bytes that the process can use. */
  readonly memory: number;
}

/**
 * Whether to start again: not if someone has chosen a size or debugs this process, not where memory is short, and not on Windows, which has no
 * signals to pass on.
 */
export function wantsRestart({ platform, execArgv, env, memory }: Start): boolean {
  const isChosen = [...execArgv, env.NODE_OPTIONS ?? ""].some((flags) =>
    /semi[-_]space|--inspect/.test(flags),
  );
  return !isChosen && memory >= leastMemory && platform !== "win32";
}

/** Resolves in the process that is to go on. The first process ends here, with the exit code or the signal of the second. */
export async function restart(): Promise<void> {
  if (process.env[secondProcess] !== undefined) return stopWithFirst();
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const { platform, execArgv, env } = process;
  if (!wantsRestart({ platform, execArgv, env, memory })) return;
  const args = [flag, ...execArgv, ...process.argv.slice(1)];
  const { execve } = process as { execve?: Execve };
  try {
    execve?.(process.execPath, [process.argv0, ...args], env);
    await runSecond(args);
  } catch {
    // without more room it records as well
  }
}

/** Runs the second process to its end. Rejects if it does not start. */
function runSecond(args: readonly string[]): Promise<never> {
  const child = spawn(process.execPath, args, {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, [secondProcess]: "1" },
  });
  const pass = (signal: NodeJS.Signals): unknown => child.kill(signal);
  process.on("SIGINT", pass).on("SIGTERM", pass);
  return new Promise((_, reject) => {
    child.once("error", (error) => {
      process.off("SIGINT", pass).off("SIGTERM", pass);
      reject(error);
    });
    child.once("exit", (code, signal) => {
      if (signal === null) process.exit(code ?? 1);
      process.off("SIGINT", pass).off("SIGTERM", pass);
      process.kill(process.pid, signal);
      // the first process of a container does not end by its own signals: what a shell reports then
      setImmediate(() => process.exit(128 + constants.signals[signal]));
    });
  });
}

/** In the second process: stops as by SIGTERM when the first has ended, for example by SIGKILL. */
function stopWithFirst(): void {
  delete process.env[secondProcess];
  process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
  process.channel?.unref();
}
