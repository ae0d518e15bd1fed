/** `daybook-server serve`: runs the server until a signal stops it. `main.ts` builds the server. */
import { Command } from "commander";
import { type ConfigFlags, describeConfig } from "../config/index.ts";
import { demandPort } from "../listening.ts";
import { openDatabase } from "../open-database.ts";
import { apart, type DemoFlags, demoFlags, intoDatabase } from "./demo-place.ts";
import { forServer, type Reporter, withConfig } from "./output.ts";
import { reachOf } from "./reach.ts";

interface ServeFlags extends ConfigFlags, DemoFlags {
  readonly demo?: boolean;
}

const examples = `
Examples:
  daybook-server serve                                  everything in ./data, at http://127.0.0.1:4400
  daybook-server serve --demo                           with organizations made from real webhook payloads
  daybook-server serve --port 8080 --data /srv/daybook
  DATABASE_URL=postgresql://daybook@db/daybook daybook-server serve

Configuration, by environment variables:
${describeConfig()}`;

export function serveCommand(): Command {
  return new Command("serve")
    .description(
      "Start the server. The first start creates the database, the operator token and the signing key.",
    )
    .option(
      "--demo",
      "load the demo organizations first, into their own data folder (./data-demo); a second start adds nothing",
    )
    .addOption(intoDatabase())
    .option("--port <number>", "overrides PORT")
    .option("--host <address>", "overrides HOST")
    .option("--data <folder>", "overrides DAYBOOK_DATA")
    .option("--public-url <url>", "overrides DAYBOOK_PUBLIC_URL")
    .option("--log-name <name>", "overrides DAYBOOK_LOG_NAME")
    .option("--log-level <level>", "overrides LOG_LEVEL")
    .addHelpText("after", examples)
    .action(({ demo, ...flags }: ServeFlags) => {
      const reporter = forServer();
      const { notice } = reporter;
      return withConfig(
        async (config) => {
          if (demo) apart(config, flags);
          await demandPort(config);
          // also during the start: stops what was started, so that PostgreSQL is not left behind
          const stopping = untilStopped(reporter, config.stopSeconds);
          // while PostgreSQL starts, everything else is loaded
          const database = openDatabase(config, { notice });
          database.catch(() => {});
          const { serve } = await import("../main.ts");
          const server = await serve(config, { notice, database });
          const { services, url, setUpLink } = server;
          if (demo) {
            const { loadDemo } = await import("../demo/index.ts");
            await loadDemo(services, { notice, reach: { ...reachOf(config, url), setUpLink } });
          }
          await stopping;
          const unfinished = await server.close();
          notice(unfinished === undefined ? "Stopped." : `Stopped. ${unfinished}`);
          // what was left unfinished would keep the process
          if (unfinished !== undefined) process.exit();
        },
        demo ? demoFlags(flags) : flags,
        reporter,
      );
    });
}

/** A signal that comes sooner after the first is the same request, sent to all processes of a group and passed on by one of them. */
const sameRequestMs = 500;

/** Resolves at the first SIGINT or SIGTERM; the next request ends the process immediately, and after `seconds` it ends in any case. */
function untilStopped({ notice }: Reporter, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    let stoppingSince: number | undefined;
    const stop = (): void => {
      if (stoppingSince !== undefined) {
        if (performance.now() - stoppingSince >= sameRequestMs) process.exit(130);
        return;
      }
      stoppingSince = performance.now();
      notice("Stopping after the open requests. Press Ctrl-C again to stop immediately.");
      setTimeout(() => {
        notice(`Stopped. What still ran after ${seconds} seconds was left unfinished.`);
        process.exit();
      }, seconds * 1_000).unref();
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
