/**
 * The number of events in each part of a time, as bars that link to their events. For screen readers and keyboards, the bars are newest
 * first, like the list; visually, they are oldest first.
 */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";

export interface Bar {
  /** "on 20 November 2026" */
  readonly when: string;
  readonly count: number;
  /** Whether there may be more. */
  readonly more: boolean;
  /** The link to its events, if there are any. */
  readonly href: string;
  /** Of a split: how many of them each kind has, in the order of the legend. */
  readonly parts?: readonly number[] | undefined;
}

/** One of the kinds that bars are split into, from the lowest part of a bar to the highest. */
export interface SplitKind {
  readonly label: ComponentChildren;
  readonly count: number;
  /** The link to its events; undefined for the rest. */
  readonly href: string | undefined;
}

/** A way to split the bars, or not. */
interface SplitChoice {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

export interface HistogramProps {
  /** The label of all bars together. */
  readonly caption: string;
  /** Oldest first. */
  readonly bars: readonly Bar[];
  /** The labels of the first and the last bar. */
  readonly ends: readonly [string, string];
  /** The id of the element after it. */
  readonly after: string;
  /** What the parts of bars are; undefined if they have none. */
  readonly legend?: readonly SplitKind[] | undefined;
  /** The ways to split. */
  readonly splits?: readonly SplitChoice[] | undefined;
}

export const Histogram = ({ caption, bars, ends, after, legend, splits }: HistogramProps): VNode => {
  const [top, half] = scaleOf(Math.max(...bars.map(({ count }) => count)));
  return (
    <figure class="db-histogram db-no-print">
      <A class="govuk-skip-link" href={`#${after}`}>
        Skip the chart
      </A>
      <figcaption class="db-histogram__caption">{caption}</figcaption>
      {splits !== undefined && <Splits splits={splits} />}
      {legend !== undefined && <Legend legend={legend} />}
      <div class="db-histogram__chart">
        <div class="db-histogram__scale" aria-hidden="true">
          {[top, half, 0].map((count) => (
            <span>{count?.toLocaleString("en-GB")}</span>
          ))}
        </div>
        <div class="db-histogram__window">
          <div class="db-histogram__plot">
            <ol class="db-histogram__bars">
              {[...bars].reverse().map((bar) => (
                <OneBar bar={bar} top={top} legend={legend} />
              ))}
            </ol>
            <div class="db-histogram__ends" aria-hidden="true">
              <span>{ends[0]}</span>
              <span>{ends[1]}</span>
            </div>
          </div>
        </div>
      </div>
    </figure>
  );
};

const Splits = ({ splits }: { readonly splits: readonly SplitChoice[] }): VNode => (
  <nav class="db-histogram__splits" aria-label="Split the chart">
    Split by{" "}
    {splits.map(({ text, href, current }) => (
      <A href={href} aria-current={current ? "true" : undefined}>
        {text}
      </A>
    ))}
  </nav>
);

/** In the order of the parts, so that nobody needs their colours. */
const Legend = ({ legend }: { readonly legend: readonly SplitKind[] }): VNode => (
  <ol class="db-histogram__legend" aria-label="Parts of the bars, from the bottom">
    {legend.map(({ label, count, href }, n) => (
      <li>
        <svg viewBox="0 0 1 1" aria-hidden="true" class={partOf(n)}>
          <rect width="1" height="1" />
        </svg>
        {href === undefined ? label : <A href={href}>{label}</A>} {count.toLocaleString("en-GB")}
      </li>
    ))}
  </ol>
);

const partOf = (n: number): string => `db-histogram__part db-histogram__part--${n + 1}`;

/** The top of the scale, a round number, and its half; 1 has none. */
export function scaleOf(highest: number): readonly [top: number, half: number | undefined] {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest)));
  const top = [1, 2, 4, 6, 10].map((step) => step * power).find((step) => step >= highest) ?? highest;
  return [top, top === 1 ? undefined : top / 2];
}

/** "at least 12 events on 20 November 2026" */
const wordsOf = ({ when, count, more }: Bar): string =>
  `${more ? "At least " : ""}${count.toLocaleString("en-GB")} ${count === 1 ? "event" : "events"} ${when}`;

/** Percent: the minimum height, so that the smallest bar is visible. */
const lowest = 3;

interface OneBarProps extends Pick<HistogramProps, "legend"> {
  readonly bar: Bar;
  readonly top: number;
}

const OneBar = ({ bar, top, legend }: OneBarProps): VNode => {
  if (bar.count === 0) return <li aria-hidden="true" />;
  const height = Math.max(lowest, Math.round((100 * bar.count) / top));
  return (
    <li>
      <A class="db-histogram__bar" href={bar.href}>
        <svg viewBox="0 0 1 100" preserveAspectRatio="none" aria-hidden="true">
          {bar.parts === undefined ? (
            <rect y={100 - height} width="1" height={height} />
          ) : (
            partsOf(bar, height)
          )}
          {bar.more && <rect class="db-histogram__gap" y={104 - height} width="1" height="4" />}
        </svg>
        <span class="db-histogram__words">
          {wordsOf(bar)}
          {bar.parts !== undefined && legend !== undefined && <PartWords parts={bar.parts} legend={legend} />}
        </span>
      </A>
    </li>
  );
};

/** From the bottom up, with a gap between. */
function partsOf({ count, parts = [] }: Bar, height: number): VNode[] {
  let below = 0;
  return parts.flatMap((part, n) => {
    if (part === 0) return [];
    const size = (height * part) / Math.max(count, 1);
    below += size;
    const y = Math.round(10 * (100 - below)) / 10;
    return [
      <rect class={partOf(n)} y={y} width="1" height={Math.round(10 * Math.max(0.5, size - 1)) / 10} />,
    ];
  });
}

interface PartWordsProps extends Required<Pick<HistogramProps, "legend">> {
  readonly parts: readonly number[];
}

/** ": Success 48, Denied 2" */
const PartWords = ({ parts, legend = [] }: PartWordsProps): VNode => {
  const some = parts.flatMap((part, n) => (part === 0 ? [] : [{ part, label: legend[n]?.label }]));
  return (
    <>
      {some.map(({ part, label }, n) => (
        <>
          {n === 0 ? ": " : ", "}
          {label} {part.toLocaleString("en-GB")}
        </>
      ))}
    </>
  );
};
