/** The initiator of a change of Daybook's own data, and the members of its events that name the initiator. */
import type { Actor, Context, EventInput, RecordedBy } from "daybook/internal";
import type { Idempotency } from "./once.ts";

/** The actor of the events. */
export interface Initiator {
  readonly actor: Actor;
  readonly recordedBy: RecordedBy;
  readonly context?: Context;
}

/** The inputs of every change. */
export interface ChangeRequest {
  readonly initiator: Initiator;
  readonly idempotency?: Idempotency | undefined;
}

/** The actor in the form of rows. */
export const rowOf = ({ type, id = "", name }: Actor): { type: string; id: string; name?: string } =>
  name === undefined ? { type, id } : { type, id, name };

/** The members of an event that name the initiator. */
export const actorAndContext = ({ actor, context }: Initiator): Pick<EventInput, "actor" | "context"> =>
  context === undefined ? { actor } : { actor, context };

/** The same, for several events of one act: they share a correlation id, which is that of the request if there is one. */
export function inOneAct(initiator: Initiator, actId: string): Initiator {
  const correlationId = initiator.context?.correlationId ?? initiator.context?.requestId ?? actId;
  return { ...initiator, context: { ...initiator.context, correlationId } };
}
