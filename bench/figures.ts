/** A measurement: a row with its yardstick and goal; and how to print rows. */

export interface Figure {
  /** A row in the table of docs/performance.md. */
  readonly what: string;
  /** The value, with its unit in words. */
  readonly measured: string;
  readonly yardstick: string;
  /** measured / yardstick, or the bare number if the goal is one. */
  readonly ratio: number | null;
  /** "-": none. */
  readonly goal: string;
  readonly met: boolean;
}

/** The value below which `share` of the samples lie; samples in any order. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** A Markdown table. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ["what", "measured", "yardstick in the same run", "ratio", "goal", "met"];
  const rows = figures.map((figure) => [
    figure.what,
    figure.measured,
    figure.yardstick,
    figure.ratio === null ? "-" : figure.ratio.toFixed(2),
    figure.goal,
    figure.goal === "-" ? "-" : figure.met ? "yes" : "no",
  ]);
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
