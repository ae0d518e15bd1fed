/** The metrics of the last backup. Every process returns the same, which it reads from the database. */
import { Gauge, type Registry } from "prom-client";
import type { Backups } from "../backups/index.ts";
import { within } from "./within.ts";

type BackupRun = Awaited<ReturnType<Backups["last"]>>;

/** Registers them; without a backup, or without an answer of the database, there are none, rather than old values. */
export function measureBackups(registers: Registry[], backups: Backups): void {
  let reading: Promise<BackupRun> | undefined;
  /** One query for all gauges of a response. */
  const ask = (): Promise<BackupRun> => {
    reading ??= within(backups.last(), undefined).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const gauges: [name: string, help: string, value: (last: NonNullable<BackupRun>) => number | undefined][] =
    [
      [
        "age_seconds",
        "How long ago the last complete backup of the database ended.",
        ({ madeAt }) => (madeAt === null ? undefined : Math.max(0, Date.now() / 1e3 - Number(madeAt) / 1e6)),
      ],
      [
        "bytes",
        "The size of the last complete backup.",
        ({ bytes }) => (bytes === null ? undefined : Number(bytes)),
      ],
      [
        "failed",
        "1 if the last run of the backup was not complete, else 0.",
        ({ madeAt, triedAt }) => Number(madeAt !== triedAt),
      ],
    ];
  for (const [name, help, measure] of gauges) {
    new Gauge({
      name: `daybook_backup_${name}`,
      help,
      registers,
      async collect() {
        const last = await ask();
        this.reset();
        const value = last && measure(last);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }
}
