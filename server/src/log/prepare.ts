/**
 * The steps before the lock, for all events of a request: accept, validate, redact, digest. Nothing here waits for the
 * log; what is refused here never reaches it. Knows the store only to find out whether a refused event is a repeat.
 */
import { DaybookError, type Issue, isEventId, type Rules } from "daybook/internal";
import type { StoredEvent } from "../store/contract/events.ts";
import type { Store } from "../store/store.ts";
import { type AcceptContext, type AcceptedEvent, accept } from "./accept.ts";
import type { Clock } from "./clock.ts";
import { digest } from "./digest.ts";
import type { Input, PreparedEvent, Sender, Stored, UnchangedEvent } from "./prepared.ts";
import { redact } from "./redact.ts";
import { reused, storedAs } from "./repeat.ts";
import type { TypeLookup } from "./types.ts";
import { validate } from "./validate.ts";
import { turn } from "./wait.ts";

/** What preparing needs besides the request. */
export interface PrepareDependencies {
  readonly types: TypeLookup;
  readonly clock: Clock;
  /** The rules by which secrets are hidden, by number from 1. */
  readonly rules: readonly Rules[];
  /** Ids of an organization whose time is before this were removed by retention. */
  readonly idsFrom: ((organizationId: number) => bigint | undefined) | undefined;
}

/** Other requests get a turn after so many events. */
const eventsInTurn = 100;
/** So many places are named at most when a batch is refused. */
const mostIssues = 20;

/**
 * Prepares all events of a request, or throws the first refusal with the places of the others like it.
 * Throws what `accept` and `validate` throw.
 */
export async function prepare(
  inputs: readonly Input[],
  sender: Sender,
  dependencies: PrepareDependencies & { readonly stored?: Stored },
): Promise<(PreparedEvent | UnchangedEvent)[]> {
  const context = contextOf(sender, dependencies);
  const prepared: (PreparedEvent | UnchangedEvent)[] = [];
  const denials: DaybookError[] = [];
  for (let i = 0; i < inputs.length; i++) {
    if (i > 0 && i % eventsInTurn === 0) await turn();
    try {
      prepared.push(await prepareOne(inputs[i]!, context));
    } catch (error) {
      if (!(error instanceof DaybookError)) throw error;
      if (denials.push(error) >= mostIssues) break;
    }
  }
  if (denials.length > 0) throw together(denials);
  return prepared;
}

/**
 * As `prepare`, but an id that is recorded already goes before whatever refuses an event by the time, its type or the caller's
 * scopes. It is looked up here only where something is refused: other repeats are found under the lock.
 */
export async function prepareOrRepeat(
  inputs: readonly Input[],
  sender: Sender,
  dependencies: PrepareDependencies & { readonly store: Pick<Store, "findEvents"> },
): Promise<(PreparedEvent | UnchangedEvent)[]> {
  try {
    return await prepare(inputs, sender, dependencies);
  } catch (error) {
    if (!(error instanceof DaybookError)) throw error;
    const stored = await storedOf(inputs, sender, dependencies.store);
    if (stored.size === 0) throw error;
    return await prepare(inputs, sender, { ...dependencies, stored });
  }
}

/** Which of the events are recorded already. */
async function storedOf(
  inputs: readonly Input[],
  sender: Sender,
  store: Pick<Store, "findEvents">,
): Promise<Stored> {
  const { organizationId } = sender.organization;
  const ids = inputs.flatMap(({ value }) =>
    typeof value.id === "string" && isEventId(value.id) ? [value.id] : [],
  );
  if (ids.length === 0) return new Map();
  const found: StoredEvent[] = await store.findEvents(ids.map((id) => ({ organizationId, id })));
  return new Map(found.map((event) => [event.id, storedAs(event)]));
}

async function prepareOne(input: Input, context: AcceptContext): Promise<PreparedEvent | UnchangedEvent> {
  const accepted = await accept(input, context);
  const { id, known, pointer, rules } = accepted;
  validateOrReuse(accepted);
  const normal = redact(accepted, context.sender);
  if (normal.unchanged && normal.id === undefined) return { id, unchanged: true };
  const prepared = digest({ normal, id, pointer, version: known.type.version, rules: rules.number });
  return normal.unchanged ? { id, unchanged: true, prepared } : prepared;
}

/** What is recorded under an id met its type: what doesn't is another event. */
function validateOrReuse(accepted: AcceptedEvent): void {
  try {
    validate(accepted);
  } catch (error) {
    throw accepted.isRepeat && error instanceof DaybookError ? reused(accepted.pointer) : error;
  }
}

function contextOf(
  sender: Sender,
  dependencies: PrepareDependencies & { readonly stored?: Stored },
): AcceptContext {
  return {
    sender,
    types: dependencies.types,
    rules: dependencies.rules,
    now: dependencies.clock(),
    idsFrom: dependencies.idsFrom?.(sender.organization.organizationId),
    ...(dependencies.stored === undefined ? {} : { stored: dependencies.stored }),
  };
}

/** One refusal for the batch: the first one's code, with the places of all that have it. */
function together(denials: readonly DaybookError[]): DaybookError {
  const first = denials[0]!;
  if (denials.length === 1) return first;
  const issues: Issue[] = denials.filter((each) => each.code === first.code).flatMap((each) => each.issues);
  return new DaybookError(first.code, { detail: first.message, issues: issues.slice(0, mostIssues) });
}
