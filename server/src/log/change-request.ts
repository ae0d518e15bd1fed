/** Who asks for a change of our own, and what that says in its events. Knows nothing of the changes. */
import type { Actor, Context, EventInput, RecordedBy } from "daybook/internal";
import type { Idempotency } from "./once.ts";

/** Who does it: for the events. */
export interface Initiator {
  readonly actor: Actor;
  readonly recordedBy: RecordedBy;
  readonly context?: Context;
}

/** What goes with every change. */
export interface ChangeRequest {
  readonly by: Initiator;
  readonly idempotency?: Idempotency | undefined;
}

/** The actor as rows keep it. */
export const rowOf = ({ type, id = "", name }: Actor): { type: string; id: string; name?: string } =>
  name === undefined ? { type, id } : { type, id, name };

/** The members of an event that say who does it. */
export const actorAndContext = ({ actor, context }: Initiator): Pick<EventInput, "actor" | "context"> =>
  context === undefined ? { actor } : { actor, context };

/** The same, for several events that one act brings about: they share a correlation id, that of the request if there is one. */
export function inOneAct(by: Initiator, actId: string): Initiator {
  const correlationId = by.context?.correlationId ?? by.context?.requestId ?? actId;
  return { ...by, context: { ...by.context, correlationId } };
}
