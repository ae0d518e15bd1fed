/**
 * The number of events in each part of a time, as bars that link to their events. For screen readers and keyboards, the bars are newest
 * first, like the list; visually, they are oldest first.
 */
import type { VNode } from "preact";
import { A } from "../../address/address.tsx";

export interface Bar {
  /** "on 20 November 2026" */
  readonly when: string;
  readonly count: number;
  /** Whether there may be more. */
  readonly more: boolean;
  /** The link to its events, if there are any. */
  readonly href: string;
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
}

export const Histogram = ({ caption, bars, ends, after }: HistogramProps): VNode => {
  const [top, half] = scaleOf(Math.max(...bars.map(({ count }) => count)));
  return (
    <figure class="db-histogram db-no-print">
      <A class="govuk-skip-link" href={`#${after}`}>
        Skip the chart
      </A>
      <figcaption class="db-histogram__caption">{caption}</figcaption>
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
                <OneBar bar={bar} top={top} />
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

const OneBar = ({ bar, top }: { readonly bar: Bar; readonly top: number }): VNode => {
  if (bar.count === 0) return <li aria-hidden="true" />;
  const height = Math.max(lowest, Math.round((100 * bar.count) / top));
  return (
    <li>
      <A class="db-histogram__bar" href={bar.href}>
        <svg viewBox="0 0 1 100" preserveAspectRatio="none" aria-hidden="true">
          <rect y={100 - height} width="1" height={height} />
          {bar.more && <rect class="db-histogram__gap" y={104 - height} width="1" height="4" />}
        </svg>
        <span class="db-histogram__words">{wordsOf(bar)}</span>
      </A>
    </li>
  );
};
