/** The facts of an event by name, including changes: on a card, and on a page of their own. */
import type { Json } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { named } from "../kit/components/marked-text/name.tsx";
import { Later } from "../kit/later/later.tsx";
import { Change } from "./change.tsx";
import type { LabelledRow } from "./rows.ts";
import { isDigest, Value } from "./value.tsx";

interface CardFactsProps {
  readonly rows: readonly LabelledRow[];
  readonly reason: string | undefined;
  readonly zone: string;
}

interface EventRowsProps extends CardFactsProps {
  /** Whether to show values whole. */
  readonly whole?: boolean | undefined;
}

/** The facts by name, including changes. */
export const EventRows = ({ rows, reason, zone, whole = false }: EventRowsProps): VNode | null => {
  if (rows.length === 0 && reason === undefined) return null;
  return (
    <dl class="govuk-summary-list">
      {rows.map((row) =>
        whole ? (
          <Later>
            <EventRow row={row} zone={zone} whole />
          </Later>
        ) : (
          EventRow({ row, zone, whole })
        ),
      )}
      {reason !== undefined && (
        <div class="govuk-summary-list__row db-event__wide">
          <dt class="govuk-summary-list__key">Reason</dt>
          <dd class="govuk-summary-list__value">
            <Value value={reason} zone={zone} whole={whole} />
          </dd>
        </div>
      )}
    </dl>
  );
};

interface EventRowProps {
  readonly row: LabelledRow;
  readonly zone: string;
  readonly whole: boolean;
}

const EventRow = ({ row, zone, whole }: EventRowProps): VNode => (
  <div class={`govuk-summary-list__row${isWide(row) ? " db-event__wide" : ""}`}>
    <dt class="govuk-summary-list__key">{labelOf(row)}</dt>
    <dd class="govuk-summary-list__value">{shownIn(row, { zone, whole })}</dd>
  </div>
);

const labelOf = ({ label, path }: LabelledRow): ComponentChildren =>
  path === undefined ? (
    named(label)
  ) : (
    <>
      {named(label)}
      <code class="db-event__path db-quiet db-small" dir="auto">
        {marked(path)}
      </code>
    </>
  );

/**
 * The facts on a card, whose style knows them by their places. Called as a function, not rendered, and without classes: a page has hundreds
 * of them.
 */
export const cardFacts = ({ rows, reason, zone }: CardFactsProps): VNode | null =>
  rows.length === 0 && reason === undefined ? null : (
    <dl class="db-facts">
      {rows.map((row) => (
        <div class={isWide(row) ? "db-event__wide" : undefined}>
          <dt>{labelOf(row)}</dt>
          <dd>{shownIn(row, { zone, whole: false })}</dd>
        </div>
      ))}
      {reason !== undefined && (
        <div class="db-event__wide">
          <dt>Reason</dt>
          <dd>{Value({ value: reason, zone })}</dd>
        </div>
      )}
    </dl>
  );

/** Whether a row takes the whole width of the card: a change, or text that would break in the middle of a word, such as a key. */
const isWide = ({ change, value }: LabelledRow): boolean =>
  change !== undefined || (Array.isArray(value) ? value.some(isUnbroken) : isUnbroken(value));

const isUnbroken = (value: Json | undefined): boolean =>
  typeof value === "string" && /\S{27}/.test(value) && !isDigest(value);

interface ShownForm {
  readonly zone: string;
  readonly whole: boolean;
}

const shownIn = (row: LabelledRow, form: ShownForm): ComponentChildren => {
  const { change, format, value, erased } = row;
  if (erased) return <span class="db-quiet">Erased</span>;
  return change === undefined ? Value({ value, format, ...form }) : Change({ change, format, ...form });
};
