/** What the process says of itself in numbers (Prometheus text format). No label holds an id, a slug or anything of a person. */
import type { FastifyInstance, onResponseHookHandler } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { Durations, type Series } from "./durations.ts";
import type { ApiRooms } from "./rooms.ts";

/** The numbers that the routes add to. */
export interface Metrics {
  /** In the Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Adds events that this process has recorded for callers. */
  recorded(events: number): void;
}

/** Registers the metrics of one app, and measures its requests. */
export function addMetrics(app: FastifyInstance, { log, search }: Pick<ApiRooms, "log" | "search">): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const durations = new Durations(register);
  const recorded = new Counter({
    name: "daybook_events_recorded_total",
    help: "Events recorded by this process for callers, repeats left out.",
    registers,
  });
  const gauges: [string, string, () => number][] = [
    [
      "daybook_queue_events",
      "Events that wait to be recorded, or are being recorded.",
      () => log.load.events,
    ],
    ["daybook_queue_bytes", "Bytes of those events, as sent.", () => log.load.bytes],
    ["daybook_recording_groups", "Recording transactions that run.", () => log.load.groups],
    ["daybook_followers", "Follows that are open.", () => search.followers()],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }
  app.addHook("onRoute", (route) => {
    const hooks = [route.onResponse ?? []].flat() as onResponseHookHandler[];
    route.onResponse = [measure(durations, route.url), ...hooks];
  });
  return {
    text: () => register.metrics(),
    contentType: register.contentType,
    recorded: (events) => recorded.inc(events),
  };
}

/** Measures one route. */
function measure(durations: Durations, route: string): onResponseHookHandler {
  const known = new Map<string, Series>();
  return (request, reply, done) => {
    const status = String(reply.statusCode);
    const key = request.method + status;
    let series = known.get(key);
    if (series === undefined) {
      series = durations.series({ method: request.method, route, status });
      known.set(key, series);
    }
    series.observe(reply.elapsedTime / 1000);
    done();
  };
}
