/** The commands other than `serve`. */
import type { Command } from "commander";
import { backupCommand } from "./backup.ts";
import { demoCommand } from "./demo.ts";
import { fsckCommand } from "./fsck.ts";
import { migrateCommand } from "./migrate.ts";
import { operatorTokenCommand } from "./operator-token.ts";
import { recoverCommand } from "./recover.ts";
import { restoreCommand } from "./restore.ts";
import { secretsCommand } from "./secrets.ts";
import { usersCommand } from "./users.ts";

/** In the order of the help. */
export const maintenanceCommands = (): Command[] => [
  migrateCommand(),
  fsckCommand(),
  demoCommand(),
  backupCommand(),
  restoreCommand(),
  recoverCommand(),
  usersCommand(),
  secretsCommand(),
  operatorTokenCommand(),
];
