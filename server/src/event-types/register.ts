/**
 * Registering a custom event type: the new version and its event in one transaction. The same definition as the newest
 * version registers nothing. Knows nothing of HTTP and of who may register.
 */
import type { EventType } from "daybook/catalogue";
import { DaybookError } from "daybook/error";
import { type Actor, type Context, canonicalize, type Json, type RecordedBy } from "daybook/event";
import { type ChangeTransaction, type EventLog, type Idempotency, once } from "../log/index.ts";
import { type CustomEventType, type Organization, StoreError } from "../store/store.ts";
import { type CheckedDefinition, readDefinition } from "./definition.ts";
import type { EventTypes } from "./event-types.ts";

/** Where types are registered. */
export interface Registry {
  readonly log: Pick<EventLog, "change">;
  readonly types: EventTypes;
}

/** What is registered, and who does it. */
export interface Registration {
  readonly organization: Organization;
  /** As it was sent; see `readDefinition`. */
  readonly definition: Json;
  readonly actor: Actor;
  readonly recordedBy: RecordedBy;
  readonly context?: Context;
  readonly idempotency?: Idempotency | undefined;
}

/** The type as it stands now; `registered` is false where the newest version was the same already. */
export interface Registered {
  readonly type: EventType;
  readonly registered: boolean;
}

/**
 * How many versions of custom types an organization may have in all: each process that records them reads them again and
 * again. Two that register at once may get past it by one.
 */
const mostVersions = 500;

/** Two that register the same name at once: one is first, the other tries again. */
const attempts = 3;

/**
 * Registers a definition as the next version of its name. Throws `json-refused` and `request-invalid` for the definition,
 * `event-type-taken` where it asks for a version that is another, `idempotency-key-reused`, `request-invalid` over the 500th version, `organization-closed`, and what recording throws.
 */
export async function registerEventType(registry: Registry, registration: Registration): Promise<Registered> {
  const definition = readDefinition(registration.definition);
  const { organizationId } = registration.organization;
  const full = (await registry.types.countVersions(organizationId)) >= mostVersions;
  for (let attempt = 1; ; attempt++) {
    try {
      const done = await registry.log.change((tx) =>
        once(tx.rows, {
          organizationId,
          idempotency: registration.idempotency,
          status: 201,
          work: () => register(tx, definition, { ...registration, full }),
          write: JSON.stringify,
          read: JSON.parse,
        }),
      );
      registry.types.remember(organizationId, done.type);
      return done;
    } catch (error) {
      if (!(error instanceof StoreError && error.failure === "conflict") || attempt === attempts) throw error;
    }
  }
}

async function register(
  tx: ChangeTransaction,
  { type, version }: CheckedDefinition,
  { organization, actor, recordedBy, context, full }: Registration & { full: boolean },
): Promise<Registered> {
  const { organizationId } = organization;
  // the row lock lets two registrations of one organization follow each other, new names too
  const row = await tx.rows.organizationForUpdate(organizationId);
  if (row.closedAt !== null) throw new DaybookError("organization-closed");
  const versions = await tx.rows.eventTypeVersions(organizationId, type.name);
  const next = (versions[0]?.version ?? 0) + 1;
  const same = sameAs(versions, { ...type, version: version ?? next - 1 });
  if (same !== undefined) return { type: same, registered: false };
  if (version !== undefined && version !== next) throw wrongVersion(version, next);
  if (full) throw tooMany();
  const made: EventType = { ...type, version: next };
  await tx.rows.insertEventType({
    organizationId,
    name: made.name,
    version: next,
    definition: canonicalize(made as unknown as Json),
  });
  await tx.record(
    organization,
    {
      type: "EVENT_TYPE_REGISTERED",
      actor,
      targets: [{ type: "event_type", id: made.name, name: made.title }],
      data: { name: made.name, version: next, title: made.title },
      ...(context === undefined ? {} : { context }),
    },
    recordedBy,
  );
  return { type: made, registered: true };
}

/** The version that `wanted` names, if its definition is the same. */
function sameAs(versions: readonly CustomEventType[], wanted: EventType): EventType | undefined {
  const kept = versions.find((each) => each.version === wanted.version);
  if (kept === undefined) return undefined;
  const type = JSON.parse(kept.definition) as EventType;
  return canonicalize(type as unknown as Json) === canonicalize(wanted as unknown as Json) ? type : undefined;
}

function tooMany(): DaybookError {
  const detail = `The organization has ${mostVersions} versions of custom event types already.`;
  return new DaybookError("request-invalid", { detail, remedy: "Use one of those that it has." });
}

function wrongVersion(version: number, next: number): DaybookError {
  if (version < next) return new DaybookError("event-type-taken");
  const detail = `The next version of this event type is ${next}.`;
  const remedy = "Leave the version out.";
  return new DaybookError("request-invalid", { detail, issues: [{ pointer: "/version", detail, remedy }] });
}
