/** The metrics of followers. Every process returns the same lag, which it reads from the database. */
import { Counter, Gauge, type Registry } from "prom-client";
import type { Followers } from "../followers/index.ts";
import { within } from "./within.ts";

type Lags = Awaited<ReturnType<Followers["lag"]>>;

/** Registers the metrics of followers. */
export function measureFollowers(registers: Registry[], followers: Followers): void {
  let reading: Promise<Lags> | undefined;
  /** One query for all gauges of a response. */
  const ask = (): Promise<Lags> => {
    reading ??= within<Lags>(followers.lag(), {}).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const gauges = [
    [
      "lag_events",
      "Events that are recorded and that the follower has not handled, in all organizations.",
      "events",
    ],
    ["lag_seconds", "How long ago the oldest of those events was recorded.", "seconds"],
    ["failing", "Organizations where the follower's last attempt failed; it tries again.", "failing"],
  ] as const;
  for (const [name, help, member] of gauges) {
    new Gauge({
      name: `daybook_follower_${name}`,
      help,
      labelNames: ["follower"],
      registers,
      async collect() {
        const lags = await ask();
        this.reset();
        for (const [follower, lag] of Object.entries(lags)) this.set({ follower }, lag[member]);
      },
    });
  }
  new Counter({
    name: "daybook_follower_failures_total",
    help: "Batches that a follower could not handle in this process.",
    labelNames: ["follower"],
    registers,
    collect() {
      this.reset();
      for (const [follower, count] of Object.entries(followers.failures())) this.inc({ follower }, count);
    },
  });
}
