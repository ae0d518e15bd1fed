/** The most frequent values of events by kind, each with its number and a line as long as its share, as links. */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";

interface BreakdownValue {
  readonly label: ComponentChildren;
  readonly count: number;
  readonly href: string;
}

/** A kind of values, the most frequent first. */
export interface BreakdownKind {
  readonly title: string;
  readonly values: readonly BreakdownValue[];
}

interface BreakdownProps {
  /** What was counted. */
  readonly of: string;
  readonly kinds: readonly BreakdownKind[];
}

export const Breakdown = ({ of, kinds }: BreakdownProps): VNode => (
  <section class="db-breakdown" aria-labelledby="breakdown">
    <h2 id="breakdown">Breakdown</h2>
    <p class="db-quiet db-small">{of}</p>
    <div class="db-breakdown__kinds">
      {kinds
        .filter(({ values }) => values.length > 0)
        .map((kind) => (
          <Kind {...kind} />
        ))}
    </div>
  </section>
);

const Kind = ({ title, values }: BreakdownKind): VNode => {
  const most = Math.max(...values.map(({ count }) => count));
  return (
    <section>
      <h3>{title}</h3>
      <ol>
        {values.map(({ label, count, href }) => (
          <li>
            <A href={href}>
              <span>{label}</span> <span>{count.toLocaleString("en-GB")}</span>
              <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width={Math.max(1, Math.round((100 * count) / most))} height="1" />
              </svg>
            </A>
          </li>
        ))}
      </ol>
    </section>
  );
};
