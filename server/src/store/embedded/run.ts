/** Runs one of PostgreSQL's programs to its end and returns its output. */
import { spawn } from "node:child_process";
import { asAccount, type SystemAccount } from "./account.ts";

/** How to run a program. `libraryPath` is where it finds its libraries, if it needs that. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly account: SystemAccount;
  readonly libraryPath: string | undefined;
  /** Written to its standard input. */
  readonly input?: string;
}

/** The result of a program: `code` is null if a signal ended it or it could not be started. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/**
 * The environment of every program: it has no variables of Daybook, and so no secrets. Messages are in English, because the supervisor
 * reads some of them.
 */
export const environment = (libraryPath: string | undefined): Record<string, string> => ({
  PATH: process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  ...(libraryPath === undefined ? {} : { LD_LIBRARY_PATH: libraryPath }),
});

/** Runs a program; never rejects: a program that could not be started ends without a code. */
export const run = (program: Program): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(program.file, program.args, {
      ...asAccount(program.account),
      cwd: "/",
      env: environment(program.libraryPath),
      stdio: ["pipe", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.stdin.on("error", () => {});
    child.stdin.end(program.input ?? "");
    child.on("error", (error) => resolve({ code: null, output: error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
