/** Daybook's own events as folds read them, and what a fold is. */
import type { EventData, EventTypeName } from "daybook/catalogue";
import { canonicalize, type RecordedEvent } from "daybook/internal";
import type { OwnRow } from "../../store/contract/integrity.ts";
import type { FoldedRows } from "./state.ts";

/** An event with `own: true`, with the data of its type. */
export type OwnEvent<Name extends EventTypeName = EventTypeName> = Omit<RecordedEvent, "data"> & {
  readonly data: EventData[Name];
};

/** Changes the rows as the event says. */
type FoldStep<Name extends EventTypeName> = (rows: FoldedRows, event: OwnEvent<Name>) => void;

/**
 * What events of a type do. The log of the reserved organization has the events about accounts and the deployment; every log has those about
 * its organization. A copy of the former in an organization's log folds into nothing.
 */
interface Fold<Name extends EventTypeName> {
  /** In the log of the reserved organization. */
  readonly deployment?: FoldStep<Name>;
  /** In every log. */
  readonly organization?: FoldStep<Name>;
}

export type Folds<Names extends EventTypeName> = { readonly [Name in Names]: Fold<Name> };

/** The organization of an event, as a column. */
export const ofOrganization = ({ organization }: Pick<RecordedEvent, "organization">): OwnRow => ({
  organization_id: organization.id,
});

/** The actor of an event, as the JSON text of a column. */
export function actorText({ actor }: Pick<RecordedEvent, "actor">): string {
  const { type, id, name } = actor!;
  return canonicalize({ type, ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) });
}

/** The reserved organization: its log has what belongs to no other. */
export const isReserved = ({ organization }: Pick<RecordedEvent, "organization">): boolean =>
  organization.slug === "daybook";
