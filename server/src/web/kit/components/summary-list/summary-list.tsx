/** Facts by name, alone or in a card with a title (govuk-frontend's pattern). */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";
import { Button } from "../button/button.tsx";

/** A link beside a fact or a card, or a button of the form around it; `hidden` completes its text for screen readers. */
type SummaryAction = { readonly text: string; readonly hidden?: string } & (
  | { readonly href: string }
  | { readonly name: string; readonly value: string }
);

export interface SummaryRow {
  readonly key: ComponentChildren;
  readonly value: ComponentChildren;
  readonly actions?: readonly SummaryAction[] | undefined;
}

interface SummaryListProps {
  readonly rows: readonly SummaryRow[];
}

export const SummaryList = ({ rows }: SummaryListProps): VNode => (
  <dl class="govuk-summary-list">
    {rows.map(({ key, value, actions = [] }) => (
      <div class={`govuk-summary-list__row${actions.length === 0 && haveActions(rows) ? noActions : ""}`}>
        <dt class="govuk-summary-list__key">{key}</dt>
        <dd class="govuk-summary-list__value">{value}</dd>
        {actions.length > 0 && (
          <dd class="govuk-summary-list__actions">
            <Actions actions={actions} />
          </dd>
        )}
      </div>
    ))}
  </dl>
);

const noActions = " govuk-summary-list__row--no-actions";
const haveActions = (rows: readonly SummaryRow[]): boolean =>
  rows.some(({ actions = [] }) => actions.length > 0);

const Actions = ({ actions }: { readonly actions: readonly SummaryAction[] }): VNode =>
  actions.length === 1 ? (
    <ActionLink {...(actions[0] as SummaryAction)} />
  ) : (
    <ul class="govuk-summary-list__actions-list">
      {actions.map((action) => (
        <li class="govuk-summary-list__actions-list-item">
          <ActionLink {...action} />
        </li>
      ))}
    </ul>
  );

const ActionLink = ({ text, hidden, ...how }: SummaryAction): VNode => {
  const words = (
    <>
      {text}
      {hidden !== undefined && <span class="govuk-visually-hidden"> {hidden}</span>}
    </>
  );
  return "href" in how ? (
    <A class="govuk-link" href={how.href}>
      {words}
    </A>
  ) : (
    <Button kind="link" {...how}>
      {words}
    </Button>
  );
};

interface SummaryCardProps extends Partial<SummaryListProps> {
  readonly title: ComponentChildren;
  readonly actions?: readonly SummaryAction[] | undefined;
  /** Default: 2. */
  readonly level?: 2 | 3 | 4 | undefined;
  /** Below the rows, or instead of them. */
  readonly children?: ComponentChildren;
}

export const SummaryCard = ({
  title,
  actions = [],
  level = 2,
  rows = [],
  children,
}: SummaryCardProps): VNode => {
  const Heading = `h${level}` as const;
  return (
    <div class="govuk-summary-card">
      <div class="govuk-summary-card__title-wrapper">
        <Heading class="govuk-summary-card__title">{title}</Heading>
        {actions.length > 0 && <CardActions actions={actions} />}
      </div>
      <div class="govuk-summary-card__content">
        {rows.length > 0 && <SummaryList rows={rows} />}
        {children}
      </div>
    </div>
  );
};

const CardActions = ({ actions }: { readonly actions: readonly SummaryAction[] }): VNode =>
  actions.length === 1 ? (
    <div class="govuk-summary-card__actions">
      <ActionLink {...(actions[0] as SummaryAction)} />
    </div>
  ) : (
    <ul class="govuk-summary-card__actions">
      {actions.map((action) => (
        <li class="govuk-summary-card__action">
          <ActionLink {...action} />
        </li>
      ))}
    </ul>
  );
