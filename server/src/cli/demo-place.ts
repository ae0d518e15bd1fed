/** The place of the demo: its own data folder and PostgreSQL, so that nothing tried there gets into the real log. */
import { resolve } from "node:path";
import { Option } from "commander";
import { DaybookError } from "daybook/internal";
import type { Config, ConfigFlags } from "../config/index.ts";

/** The options of a command that loads the demo, besides the configuration. */
export interface DemoFlags {
  readonly intoDatabase?: boolean;
}

export const intoDatabase = (): Option =>
  new Option(
    "--into-database",
    "load the demo into the database of DATABASE_URL, with the usual data folder",
  );

/** The flags with the demo's own data folder: the usual one with -demo at the end. */
export function demoFlags<F extends ConfigFlags & DemoFlags>(flags: F): F {
  if (flags.intoDatabase) return flags;
  const usual = flags.data ?? process.env.DAYBOOK_DATA ?? "./data";
  // an empty value is reported as usual
  return usual === "" ? flags : { ...flags, data: `${resolve(usual)}-demo` };
}

/** Throws `config-invalid` if the demo would go into a database that can have a real log, without `--into-database`. */
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
