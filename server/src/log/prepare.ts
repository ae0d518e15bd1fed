/**
 * The steps before the lock, for all events of a request: accept, validate, redact, digest. Nothing here waits for the log, and what is
 * refused here never reaches it. It reads the store only to find out whether a refused event is a repeat.
 */
import { DaybookError, type Issue, isEventId, type Rules } from "daybook/internal";
import type { Slices } from "../fairness/index.ts";
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

/** The dependencies besides the request. */
export interface PrepareDependencies {
  readonly types: TypeLookup;
  readonly clock: Clock;
  /** The hiding rules, by number from 1. */
  readonly rules: readonly Rules[];
  /** Retention removed ids of an organization with an earlier time. */
  readonly idsFrom: ((organizationId: number) => bigint | undefined) | undefined;
}

/** The maximum number of places in the error for a batch. */
const mostIssues = 20;

/** What is particular to one request. */
interface Preparing {
  /** Its turns on the thread; undefined if it is short. */
  readonly slices?: Slices | undefined;
  /** The versions of events that are already recorded. */
  readonly stored?: Stored;
}

/**
 * Prepares all events of a request, or throws the first error, with the places of similar ones. Throws what `accept` and `validate` throw.
 */
export async function prepare(
  inputs: readonly Input[],
  sender: Sender,
  dependencies: PrepareDependencies,
  { slices, stored }: Preparing = {},
): Promise<(PreparedEvent | UnchangedEvent)[]> {
  const context = contextOf(sender, dependencies, stored);
  const prepared: (PreparedEvent | UnchangedEvent)[] = [];
  const denials: DaybookError[] = [];
  for (const input of inputs) {
    const turn = slices?.next();
    if (turn !== undefined) await turn;
    try {
      prepared.push(await prepareOne(input, context));
    } catch (error) {
      if (!(error instanceof DaybookError)) throw error;
      if (denials.push(error) >= mostIssues) break;
    }
  }
  slices?.end();
  if (denials.length > 0) throw together(denials);
  return prepared;
}

/**
 * As `prepare`, but an already recorded id takes precedence over refusals because of the time, the type or the caller's scopes. Ids are
 * looked up here only if something is refused: other repeats are found under the lock.
 */
export async function prepareOrRepeat(
  inputs: readonly Input[],
  sender: Sender,
  dependencies: PrepareDependencies,
  { store, slices }: { readonly store: Pick<Store, "findEvents">; readonly slices?: Slices | undefined },
): Promise<(PreparedEvent | UnchangedEvent)[]> {
  try {
    return await prepare(inputs, sender, dependencies, { slices });
  } catch (error) {
    if (!(error instanceof DaybookError)) throw error;
    const stored = await storedOf(inputs, sender, store);
    if (stored.size === 0) throw error;
    return await prepare(inputs, sender, dependencies, { slices, stored });
  }
}

/** Which of the events are already recorded. */
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

/** The recorded event matched its type: an event that doesn't is a different one. */
function validateOrReuse(accepted: AcceptedEvent): void {
  try {
    validate(accepted);
  } catch (error) {
    throw accepted.isRepeat && error instanceof DaybookError ? reused(accepted.pointer) : error;
  }
}

function contextOf(
  sender: Sender,
  { types, rules, clock, idsFrom }: PrepareDependencies,
  stored: Stored | undefined,
): AcceptContext {
  return {
    sender,
    types,
    rules,
    now: clock(),
    idsFrom: idsFrom?.(sender.organization.organizationId),
    stored,
  };
}

/** One error for the batch: the first one's code, with all places that have it. */
function together(denials: readonly DaybookError[]): DaybookError {
  const first = denials[0]!;
  if (denials.length === 1) return first;
  const issues: Issue[] = denials.filter((each) => each.code === first.code).flatMap((each) => each.issues);
  return new DaybookError(first.code, { detail: first.message, issues: issues.slice(0, mostIssues) });
}
