/** The content of an empty list, or of a log without sent events. */
import type { ComponentChildren, VNode } from "preact";
import { apiPaths, paths } from "../../paths.ts";
import { LinkButton } from "../kit/components/button/button.tsx";
import { CodeBlock } from "../kit/components/code-block/code-block.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import type { Question } from "./question.ts";

interface NothingProps {
  readonly question: Question;
  readonly organization: { readonly slug: string } | undefined;
  /** The list without filters. */
  readonly clear: string;
  readonly isFiltered: boolean;
  /** Whether the search stopped before it had searched everything. */
  readonly hasOlder: boolean;
}

/** Why the list is empty, and what to do. */
export const Nothing = (props: NothingProps): VNode => {
  const { question, organization, clear, isFiltered, hasOlder } = props;
  if (question.isUnreadable)
    return (
      <EmptyState title="Nothing was searched." icon="search">
        <p>Correct the search. What is wrong with it stands at its box.</p>
      </EmptyState>
    );
  if (hasOlder)
    return (
      <EmptyState title="No events found so far." icon="search">
        <p>The search has not reached older events yet. To continue, select Older.</p>
      </EmptyState>
    );
  if (isFiltered)
    return (
      <EmptyState title="No events match." icon="list-filter">
        <p>No event matches all of these filters. Remove some or all of them.</p>
        <Onwards href={clear}>Remove all filters</Onwards>
      </EmptyState>
    );
  if (question.cursor !== undefined)
    return (
      <EmptyState title="There are no older events.">
        <p>The log has no events before those on the previous page.</p>
        <Onwards href={clear}>Show the newest events</Onwards>
      </EmptyState>
    );
  if (question.about !== undefined && organization !== undefined)
    return (
      <EmptyState title="No events to show.">
        <p>No event mentions it, or you do not have access to those that do.</p>
        <Onwards href={paths.activity({ org: organization.slug })}>Show all activity</Onwards>
      </EmptyState>
    );
  return (
    <EmptyState title="No events yet.">
      <p>Events appear here, newest first.</p>
    </EmptyState>
  );
};

const Onwards = ({
  href,
  children,
}: {
  readonly href: string;
  readonly children: ComponentChildren;
}): VNode => (
  <LinkButton href={href} kind="secondary">
    {children}
  </LinkButton>
);

/** How to begin, below what Daybook itself has recorded so far. */
export const FirstStep = ({ slug }: { readonly slug: string }): VNode => (
  <section aria-labelledby="first-step">
    <h2 id="first-step">Record your first event</h2>
    <p>So far the log has only Daybook's own events. Record your first event from a terminal:</p>
    <CodeBlock what="command" text={recordExample(slug)} />
  </section>
);

const recordExample = (slug: string): string =>
  `curl -fsS "$DAYBOOK_URL${apiPaths.events({ org: slug })}" \\
  -H "Authorization: Bearer $DAYBOOK_TOKEN" -H "Content-Type: application/json" \\
  -d '{
    "type": "API_CLIENT_UPDATED",
    "actor": {"type": "user", "id": "u_17", "name": "Anne Wilson"},
    "targets": [{"type": "api_client", "id": "c_9", "name": "Register sandbox"}],
    "before": {"name": "Sandbox"},
    "after": {"name": "Register sandbox"},
    "data": {"clientId": "c_9", "name": "Register sandbox", "expiresOn": "2027-05-31"},
    "reason": "Ticket 42"
  }'`;
