/** What was done, the newest first: each with who did it, when, and what changed. Times are in the reader's zone. */
import type { ComponentChildren, VNode } from "preact";
import { Tag } from "../tag/tag.tsx";
import { Time } from "../time/time.tsx";

/** One value that changed; `from` and `to` in words, absent: it was or is not entered. */
export interface ShownChange {
  readonly label: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** Its values are secret. */
  readonly hidden?: boolean;
}

export interface HistoryEntry {
  readonly title: ComponentChildren;
  /** Who did it, by name. */
  readonly by: string;
  /** Microseconds since 1970 UTC. */
  readonly at: bigint;
  /** If it wasn't done. */
  readonly outcome?: "denied" | "failed";
  readonly changes?: readonly ShownChange[];
  /** What else there is to say, by name. */
  readonly facts?: readonly { readonly key: string; readonly value: ComponentChildren }[];
}

interface HistoryProps {
  readonly entries: readonly HistoryEntry[];
  readonly zone: string;
}

const outcomes = { denied: "Denied", failed: "Failed" };

export const History = ({ entries, zone }: HistoryProps): VNode => (
  <ol class="db-history">
    {entries.map(({ title, by, at, outcome, changes = [], facts = [] }) => (
      <li class="db-history__entry">
        <div class="db-row">
          <h3 class="db-history__title">{title}</h3>
          {outcome !== undefined && <Tag colour="red">{outcomes[outcome]}</Tag>}
        </div>
        <p class="db-history__by">
          By <bdi>{by}</bdi> on <Time at={at} zone={zone} />
        </p>
        {changes.length + facts.length > 0 && (
          <dl class="db-history__facts">
            {changes.map((change) => (
              <Fact name={change.label}>
                <WasNow {...change} />
              </Fact>
            ))}
            {facts.map(({ key, value }) => (
              <Fact name={key}>{value}</Fact>
            ))}
          </dl>
        )}
      </li>
    ))}
  </ol>
);

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode => (
  <div>
    <dt>{name}</dt>
    <dd dir="auto">{children}</dd>
  </div>
);

const notEntered = "Not entered";

/** Both values, told apart by words, by strokes, and only then by colour. */
const WasNow = ({ from, to, hidden = false }: ShownChange): VNode =>
  hidden ? (
    <>Changed (hidden)</>
  ) : (
    <>
      <div>
        <span class="db-history__word">
          Was<span class="govuk-visually-hidden">: </span>
        </span>{" "}
        <del dir="auto">{from || notEntered}</del>
      </div>
      <div>
        <span class="db-history__word">
          Now<span class="govuk-visually-hidden">: </span>
        </span>{" "}
        <ins dir="auto">{to || notEntered}</ins>
      </div>
    </>
  );
