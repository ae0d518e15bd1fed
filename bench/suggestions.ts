/** Measures suggestions and breakdowns over HTTP. */
import { seeded } from "../test/support/seeded.ts";
import { type Figure, median, percentile } from "./figures.ts";
import { get, type ServedLog } from "./served-log.ts";

interface OffersOptions extends ServedLog {
  readonly actors: number;
  readonly apis: number;
  readonly events: number;
}

type Offer = (random: () => number, options: OffersOptions) => string;

const suggest = (kind: string, text: string): string =>
  `/suggestions?kind=${kind}&text=${encodeURIComponent(text)}`;

const offers: readonly (readonly [name: string, offer: Offer])[] = [
  [
    "suggestions: an actor",
    (random, { actors }) => suggest("actor", `person ${Math.floor(random() * actors)}`),
  ],
  ["suggestions: the beginning of every actor", () => suggest("actor", "pers")],
  [
    "suggestions: a target",
    (random, { apis }) => suggest("target", `service-${Math.floor(random() * apis)}`),
  ],
  ["suggestions: a target by a word of actors", () => suggest("target", "person")],
  ["suggestions: a type", () => suggest("type", "api cl")],
  ["suggestions: a field", () => suggest("changed", "na")],
  ["breakdown of everything", () => "/breakdown"],
  ["breakdown of a search", () => "/breakdown?q=acme"],
];

/** A row for each. */
export async function measureOffers(options: OffersOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, offer] of offers) {
    const random = seeded(7);
    const times: number[] = [];
    for (let n = -20; n < 100; n++) {
      const startedAt = performance.now();
      await get(options, offer(random, options));
      if (n >= 0) times.push(performance.now() - startedAt);
    }
    const p99 = percentile(times, 0.99);
    const isSuggestion = name.startsWith("suggestions");
    figures.push({
      what: `${name}, ${options.events.toLocaleString("en")} events`,
      measured: `p50 ${median(times).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
      yardstick: "-",
      ratio: null,
      goal: isSuggestion ? "p99 <= 50 ms" : "-",
      met: !isSuggestion || p99 <= 50,
    });
  }
  return figures;
}
