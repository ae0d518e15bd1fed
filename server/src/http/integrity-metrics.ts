/** The metrics of scheduled checks. Every process returns the same, which it reads from the database. */
import { Gauge, type Registry } from "prom-client";
import type { RequestServices } from "../services.ts";
import { within } from "./within.ts";

type Checks = RequestServices["integrityChecks"];
type Last = Awaited<ReturnType<Checks["last"]>>;

const seconds = (micros: bigint): number => Number(micros) / 1e6;

/** Registers the metrics of scheduled checks: all are 0 before the first one is complete. */
export function measureChecks(registers: Registry[], checks: Checks): void {
  let reading: Promise<Last> | undefined;
  /** One query for all gauges of a response. */
  const ask = (): Promise<Last> => {
    reading ??= within<Last>(checks.last(), undefined).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const gauges: readonly [string, string, (last: NonNullable<Last>) => number][] = [
    [
      "finished_timestamp_seconds",
      "When the last scheduled check of all logs and rows was complete, in seconds since 1970.",
      ({ finishedAt }) => seconds(finishedAt),
    ],
    ["duration_seconds", "How long it took.", ({ startedAt, finishedAt }) => seconds(finishedAt - startedAt)],
    ["events", "Events that it read.", ({ events }) => Number(events)],
    ["findings", "Differences that it found: 0 if nothing differs.", ({ findings }) => findings],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name: `daybook_integrity_check_${name}`,
      help,
      registers,
      async collect() {
        const last = await ask();
        this.reset();
        if (last !== undefined) this.set(read(last));
      },
    });
  }
}
