/** Parts of an organization's lists: links to their pages, a search without a result, and when someone was last active. */
import type { VNode } from "preact";
import { A } from "../kit/address/address.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { Time } from "../kit/components/time/time.tsx";
import type { ListedItems } from "./listed.ts";

interface PagesProps {
  /** The label of the pages. */
  readonly label: string;
  readonly of: Pick<ListedItems<unknown>, "first" | "next">;
}

export const Pages = ({ label, of: { first, next } }: PagesProps): VNode => (
  <Pagination newer={first} older={next} label={label} words={{ newer: "First", older: "Next" }} />
);

interface NobodyProps {
  /** "members" */
  readonly what: string;
  readonly q: string;
  /** The address of the list without the search. */
  readonly all: string;
}

/** A search that found nothing. */
export const Nobody = ({ what, q, all }: NobodyProps): VNode => (
  <EmptyState title={`No ${what} match this search.`} icon="users">
    <p>
      Nothing contains &ldquo;<bdi>{marked(q)}</bdi>&rdquo;. <A href={all}>Show all {what}</A>.
    </p>
  </EmptyState>
);

/** When the last event occurred; undefined: there is none. */
export const LastActive = ({
  at,
  zone,
}: {
  readonly at: bigint | undefined;
  readonly zone: string;
}): VNode => (at === undefined ? <>Never</> : <Time at={at} zone={zone} form="ago" />);
