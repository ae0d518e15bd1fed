/** Where the demo is loaded: in a data folder and a PostgreSQL of its own, so that what is tried there never gets into the real log. */
import { resolve } from "node:path";
import { Option } from "commander";
import { DaybookError } from "daybook/internal";
import type { Config, ConfigFlags } from "../config/index.ts";

/** What a command that loads the demo takes besides the configuration. */
export interface DemoFlags {
  readonly intoDatabase?: boolean;
}

export const intoDatabase = (): Option =>
  new Option(
    "--into-database",
    "load the demo into the database of DATABASE_URL, with the usual data folder",
  );

/** The flags with the demo's own data folder: the usual one's name with -demo at its end. */
export function demoFlags<F extends ConfigFlags & DemoFlags>(flags: F): F {
  if (flags.intoDatabase) return flags;
  const usual = flags.data ?? process.env.DAYBOOK_DATA ?? "./data";
  // what is set but empty is told as it is everywhere
  return usual === "" ? flags : { ...flags, data: `${resolve(usual)}-demo` };
}

/** Throws `config-invalid` where the demo would get into a database that may hold a real log and nobody asked for that. */
export function apart({ databaseUrl }: Config, flags: DemoFlags): void {
  if ((databaseUrl === undefined) === !flags.intoDatabase) return;
  throw databaseUrl === undefined
    ? new DaybookError("config-invalid", {
        detail: "--into-database loads the demo into the database of DATABASE_URL, which is not set.",
        remedy: "Set DATABASE_URL. Or leave the option out, and the demo starts its own PostgreSQL.",
      })
    : new DaybookError("config-invalid", {
        detail:
          "DATABASE_URL is set, and its database may contain a real log. The demo is loaded there only if you ask for it.",
        remedy:
          "Unset DATABASE_URL, and the demo starts its own PostgreSQL. Or add --into-database to load the demo there.",
      });
}
