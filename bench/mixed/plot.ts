/** Samples as an SVG picture: a small line chart for each, one below the other, with the same time axis. */
import type { Sample } from "./samples.ts";

const charts: readonly (readonly [keyof Sample, string])[] = [
  ["resident", "Memory of the server, MiB"],
  ["heap", "Heap with garbage, MiB"],
  ["files", "Open files and sockets"],
  ["handles", "Handles of Node"],
  ["connections", "Connections to PostgreSQL"],
  ["waiting", "Events that wait for the index"],
];
const size = { width: 720, chart: 76, gap: 34, left: 56, right: 12, top: 30 } as const;

/** A round number that is at least `value`. */
function roundUp(value: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return Math.ceil(value / step) * step;
}

/** A value that a sample lacks is left out. */
function chartOf(all: readonly Sample[], [of, title]: (typeof charts)[number], top: number): string {
  const samples = all.filter((sample) => Number.isFinite(sample[of]));
  const most = roundUp(Math.max(...samples.map((sample) => sample[of])));
  const minutes = samples.at(-1)!.minutes;
  const right = size.width - size.right;
  const x = (sample: Sample): number => size.left + (sample.minutes / minutes) * (right - size.left);
  const y = (value: number): number => top + size.chart * (1 - value / most);
  const points = samples.map((sample) => `${x(sample).toFixed(1)},${y(sample[of]).toFixed(1)}`).join(" ");
  const axis = (value: number): string =>
    `<line class="axis" x1="${size.left}" x2="${right}" y1="${y(value)}" y2="${y(value)}"/>` +
    `<text class="mark" x="${size.left - 6}" y="${y(value) + 4}" text-anchor="end">${value.toLocaleString("en")}</text>`;
  return (
    `<text class="title" x="${size.left}" y="${top - 8}">${title}</text>${axis(0)}${axis(most)}` +
    `<polyline points="${points}"/>`
  );
}

export function plot(samples: readonly Sample[]): string {
  const heightOfOne = size.chart + size.gap;
  const height = size.top + charts.length * heightOfOne;
  const minutes = Math.round(samples.at(-1)!.minutes);
  const body = charts.map((chart, nth) => chartOf(samples, chart, size.top + nth * heightOfOne)).join("\n");
  const ends = `<text class="mark" x="${size.left}" y="${height - 6}">0 min</text>
<text class="mark" x="${size.width - size.right}" y="${height - 6}" text-anchor="end">${minutes} min</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="Memory, files, handles, connections and the backlog of the index over ${minutes} minutes of mixed load">
<style>
svg { background: #fff } text { font: 12px system-ui, sans-serif; fill: #1f2933 } .title { font-weight: 600 }
.mark { fill: #616e7c } .axis { stroke: #cbd2d9 } polyline { fill: none; stroke: #0b69a3; stroke-width: 1.5 }
</style>
${body}
${ends}
</svg>
`;
}
