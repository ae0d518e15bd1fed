/**
 * The steps before the lock, for all events of a request: accept, validate, redact, digest. Nothing here waits for the
 * log; what is refused here never reaches it. Knows the store only to find out whether a refused event is a repeat.
 */
import { DaybookError, type Issue } from "daybook/error";
import { isEventId } from "daybook/event";
import type { Store, StoredEvent } from "../store/store.ts";
import { type AcceptContext, accept } from "./accept.ts";
import type { Clock } from "./clock.ts";
import { digest } from "./digest.ts";
import type { Input, PreparedEvent, Sender, UnchangedEvent } from "./prepared.ts";
import { redact } from "./redact.ts";
import { typeVersionOf } from "./repeat.ts";
import type { TypeLookup } from "./types.ts";
import { validate } from "./validate.ts";
import { turn } from "./wait.ts";

/** What preparing needs besides the request. */
export interface Workshop {
  readonly types: TypeLookup;
  readonly clock: Clock;
  /** Ids of an organization whose time is before this were removed by retention. */
  readonly idsFrom: ((organizationId: number) => bigint | undefined) | undefined;
}

export type Versions = ReadonlyMap<string, number>;

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
  workshop: Workshop & { readonly versions?: Versions },
): Promise<(PreparedEvent | UnchangedEvent)[]> {
  const context = contextOf(sender, workshop);
  const prepared: (PreparedEvent | UnchangedEvent)[] = [];
  const refusals: DaybookError[] = [];
  for (let i = 0; i < inputs.length; i++) {
    if (i > 0 && i % eventsInTurn === 0) await turn();
    try {
      prepared.push(await prepareOne(inputs[i]!, context));
    } catch (error) {
      if (!(error instanceof DaybookError)) throw error;
      if (refusals.push(error) >= mostIssues) break;
    }
  }
  if (refusals.length > 0) throw together(refusals);
  return prepared;
}

/** As `prepare`, but an event that is refused only because its type or the time has gone on is still a known repeat. */
export async function prepareOrRepeat(
  inputs: readonly Input[],
  sender: Sender,
  workshop: Workshop & { readonly store: Pick<Store, "findEvents"> },
): Promise<(PreparedEvent | UnchangedEvent)[]> {
  try {
    return await prepare(inputs, sender, workshop);
  } catch (error) {
    if (!(error instanceof DaybookError) || !mayBeRepeat.has(error.code)) throw error;
    const versions = await recordedVersions(inputs, sender, workshop.store);
    if (versions.size === 0) throw error;
    return await prepare(inputs, sender, { ...workshop, versions });
  }
}

/** The refusals that hang on the time and on the version of the type. */
const mayBeRepeat: ReadonlySet<string> = new Set(["event-invalid", "data-invalid", "event-late"]);

async function recordedVersions(
  inputs: readonly Input[],
  sender: Sender,
  store: Pick<Store, "findEvents">,
): Promise<Versions> {
  const { organizationId } = sender.organization;
  const ids = inputs.flatMap(({ value }) =>
    typeof value.id === "string" && isEventId(value.id) ? [value.id] : [],
  );
  if (ids.length === 0) return new Map();
  const found: StoredEvent[] = await store.findEvents(ids.map((id) => ({ organizationId, id })));
  return new Map(found.map((event) => [event.id, typeVersionOf(event)]));
}

async function prepareOne(input: Input, context: AcceptContext): Promise<PreparedEvent | UnchangedEvent> {
  const accepted = await accept(input, context);
  validate(accepted);
  const normal = redact(accepted, context.sender);
  if (normal.unchanged) return { id: accepted.id, unchanged: true };
  return digest({ normal, id: accepted.id, pointer: input.pointer, version: accepted.known.type.version });
}

function contextOf(sender: Sender, workshop: Workshop & { readonly versions?: Versions }): AcceptContext {
  return {
    sender,
    types: workshop.types,
    now: workshop.clock(),
    idsFrom: workshop.idsFrom?.(sender.organization.organizationId),
    ...(workshop.versions === undefined ? {} : { versions: workshop.versions }),
  };
}

/** One refusal for the batch: the first one's code, with the places of all that have it. */
function together(refusals: readonly DaybookError[]): DaybookError {
  const first = refusals[0]!;
  if (refusals.length === 1) return first;
  const issues: Issue[] = refusals.filter((each) => each.code === first.code).flatMap((each) => each.issues);
  return new DaybookError(first.code, { detail: first.message, issues: issues.slice(0, mostIssues) });
}
