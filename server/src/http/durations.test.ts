/** Durations are written as Prometheus reads histograms. */
import { Histogram, Registry } from "prom-client";
import { expect, test } from "vitest";
import { Durations } from "./durations.ts";

test("the text is that of prom-client's own histogram", async () => {
  const [ours, theirs] = [new Registry(), new Registry()];
  const labels = { method: "GET", route: "/a", status: "200" };
  const series = new Durations(ours).series(labels);
  const histogram = new Histogram({
    name: "daybook_http_request_duration_seconds",
    help: "From a request's headers to the end of its answer.",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [theirs],
  });
  for (const seconds of [0, 0.001, 0.0010001, 0.3, 10, 11, 1000]) {
    series.observe(seconds);
    histogram.labels(labels).observe(seconds);
  }
  expect(await ours.metrics()).toBe(await theirs.metrics());
});
