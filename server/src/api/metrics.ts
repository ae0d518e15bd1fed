/** What the process says of itself in numbers (Prometheus text format). No label holds an id, a slug or anything of a person. */
import type { FastifyInstance, onResponseHookHandler } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
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
  const durations = new Histogram({
    name: "daybook_http_request_duration_seconds",
    help: "From a request's headers to the end of its answer.",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
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

type Durations = Histogram<"method" | "route" | "status">;

/** Measures one route; a series is looked up by its labels once, not for each request. */
function measure(durations: Durations, route: string): onResponseHookHandler {
  const series = new Map<string, ReturnType<Durations["labels"]>>();
  return (request, reply, done) => {
    const key = `${request.method} ${reply.statusCode}`;
    let one = series.get(key);
    if (one === undefined) {
      one = durations.labels(request.method, route, String(reply.statusCode));
      series.set(key, one);
    }
    one.observe(reply.elapsedTime / 1000);
    done();
  };
}
