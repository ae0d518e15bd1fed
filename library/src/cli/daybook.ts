/** The process around the command line `daybook`. */
import process from "node:process";
import { Interrupted } from "./io.ts";
import { main } from "./main.ts";

const controller = new AbortController();
const stop = (): void => {
  // a second Ctrl-C ends the process immediately
  process.off("SIGINT", stop);
  process.off("SIGTERM", stop);
  controller.abort(new Interrupted());
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);

const { stdin, stdout, stderr, env } = process;
try {
  process.exitCode = await main(process.argv.slice(2), {
    stdin,
    stdout,
    stderr,
    env,
    signal: controller.signal,
  });
} catch (error) {
  stderr.write(`daybook: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  stderr.write("This is a fault of Daybook's own: please report it.\n");
  process.exitCode = 1;
} finally {
  process.off("SIGINT", stop);
  process.off("SIGTERM", stop);
  // a stdin that isn't read to its end would keep the process alive
  stdin.destroy();
}
