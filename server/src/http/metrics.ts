/** The metrics of the process (Prometheus text format). No label has an id, a slug or personal data. */
import type { DaybookError } from "daybook/internal";
import type { FastifyInstance, onResponseHookHandler } from "fastify";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { Overloaded, overloads } from "../fairness/index.ts";
import type { RequestServices } from "../services.ts";
import { measureBackups } from "./backup-metrics.ts";
import type { BodyRoom } from "./body-room.ts";
import { endedWith } from "./cut.ts";
import { Durations, type Series } from "./durations.ts";
import { measureFollowers } from "./follower-metrics.ts";
import type { InFlight } from "./in-flight.ts";
import { measureChecks } from "./integrity-metrics.ts";

/** The metrics that routes add to. */
export interface Metrics {
  /** All metrics in the Prometheus text format. */
  text(): Promise<string>;
  readonly contentType: string;
  /** Adds events that this process has recorded for callers. */
  recorded(events: number): void;
  /** Counts a refusal because something is used up. */
  refused(error: DaybookError): void;
}

type Measured = Pick<
  RequestServices,
  "signIn" | "log" | "search" | "apiClients" | "denials" | "followers" | "integrityChecks" | "backups"
>;

/** Registers the metrics of one app, and measures its requests. */
export function addMetrics(app: FastifyInstance, services: Measured, bodies: BodyRoom): Metrics {
  const { log, search } = services;
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
    [
      "daybook_requests_in_progress",
      "Requests whose response has not ended, follows included.",
      () => app.inFlight.open(),
    ],
    ["daybook_follows_open", "Follows that are open.", () => search.openFollows()],
    [
      "daybook_body_bytes",
      "Memory that is taken for request bodies which are being received or handled.",
      () => bodies.taken,
    ],
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
  measureResponses(registers, app.inFlight);
  measureTokens(registers, services);
  measureFollowers(registers, services.followers);
  measureChecks(registers, services.integrityChecks);
  measureBackups(registers, services.backups);
  app.addHook("onRoute", (route) => {
    const hooks = [route.onResponse ?? []].flat() as onResponseHookHandler[];
    route.onResponse = [measure(durations, route.url), ...hooks];
  });
  return {
    text: () => register.metrics(),
    contentType: register.contentType,
    recorded: (events) => recorded.inc(events),
    refused: countOverloads(registers),
  };
}

/** Counts the refusals because something is used up, by what it is. */
function countOverloads(registers: Registry[]): (error: DaybookError) => void {
  const refused = new Counter({
    name: "daybook_overloads_total",
    help: "Requests that this process refused because something that all share was used up.",
    labelNames: ["what"],
    registers,
  });
  for (const what of overloads) refused.inc({ what }, 0);
  return (error) => {
    if (error instanceof Overloaded) refused.inc({ what: error.overload });
  };
}

/** Metrics of responses that did not come or go in time. */
function measureResponses(registers: Registry[], inFlight: InFlight): void {
  const counters: [string, string, () => number][] = [
    [
      "daybook_requests_late_total",
      "Requests that this process answered with 503, because they took longer than 10 seconds.",
      () => inFlight.late(),
    ],
    [
      "daybook_responses_stalled_total",
      "Responses that this process cut, because their reader received nothing for a minute.",
      () => inFlight.stalled(),
    ],
  ];
  for (const [name, help, read] of counters) {
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }
}

/** Metrics of refused tokens and expiring clients. */
function measureTokens(registers: Registry[], { apiClients, denials, signIn }: Measured): void {
  new Counter({
    name: "daybook_tokens_refused_total",
    help: "Tokens of API clients that this process refused.",
    labelNames: ["why"],
    registers,
    collect() {
      this.reset();
      for (const [why, count] of Object.entries(apiClients.refusedTokens())) this.inc({ why }, count);
    },
  });
  new Counter({
    name: "daybook_sign_ins_refused_total",
    help: "Sign-ins that this process refused, whether or not there is such an account.",
    registers,
    collect() {
      this.reset();
      this.inc(signIn.refusedSignIns());
    },
  });
  new Gauge({
    name: "daybook_api_clients_expiring",
    help: "API clients that work and end within that time, in all organizations, as of a minute ago at most.",
    labelNames: ["within"],
    registers,
    collect() {
      for (const [within, count] of Object.entries(apiClients.expiring() ?? {})) this.set({ within }, count);
    },
  });
  new Counter({
    name: "daybook_denials_passed_over_total",
    help: "Denied attempts without an event, because too many came while the database was unavailable.",
    registers,
    collect() {
      this.reset();
      this.inc(denials.passedOver());
    },
  });
}

/** Measures one route. */
function measure(durations: Durations, route: string): onResponseHookHandler {
  const known = new Map<string, Series>();
  return (request, reply, done) => {
    const status = String(endedWith(reply));
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
