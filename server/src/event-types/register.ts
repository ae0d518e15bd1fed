/**
 * Registers a custom event type, for one organization or, in the reserved one, for the service: the new version and its event in one
 * transaction. A definition equal to the newest version registers nothing.
 */
import { createHash } from "node:crypto";
import { comingTypeNames, type EventType, eventTypes } from "daybook/catalogue";
import {
  type Actor,
  type Context,
  canonicalize,
  DaybookError,
  type EventInput,
  foldedTypeName,
  type Json,
  type RecordedBy,
} from "daybook/internal";
import { type ChangeTransaction, type EventLog, type Idempotency, once } from "../log/index.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { CustomEventType } from "../store/contract/event-types.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { spanning } from "../store/contract/placement.ts";
import { theService } from "./custom-types.ts";
import { type CheckedDefinition, readDefinition } from "./definition.ts";
import type { EventTypes } from "./event-types.ts";

type RegisterRows = ChangeTransaction["rows"];

/** The organization for a type. */
export interface Registry {
  readonly log: Pick<EventLog, "change">;
  readonly types: EventTypes;
}

/** The definition, and who registers it. */
export interface Registration {
  /** Whether it is the reserved organization, for types of the service. */
  readonly organization: Organization;
  /** As sent; see `readDefinition`. */
  readonly definition: Json;
  readonly actor: Actor;
  readonly recordedBy: RecordedBy;
  readonly context?: Context;
  readonly idempotency?: Idempotency | undefined;
}

/** The present type; `registered` is false if the newest version was already the same. */
export interface Registered {
  readonly type: EventType;
  readonly registered: boolean;
}

/** The maximum number of custom names in an organization: each process that records them keeps their newest versions in memory. */
const mostNames = 10_000;

/** Retries when two requests register the same name simultaneously: one is first, the other tries again. */
const attempts = 3;

/**
 * Registers a definition as the next version of its name. Throws `json-refused` and `request-invalid` for the definition,
 * `event-type-taken` if it requests a version with another definition, `event-type-name-taken`, `idempotency-key-reused`, `request-invalid`
 * beyond the 10,000th name of an organization, `organization-closed`, and what recording throws.
 */
export async function registerEventType(registry: Registry, registration: Registration): Promise<Registered> {
  const definition = readDefinition(registration.definition);
  const { organizationId } = registration.organization;
  for (let attempt = 1; ; attempt++) {
    try {
      const done = await registry.log.change(
        (tx) =>
          once(tx.rows, {
            organizationId,
            idempotency: registration.idempotency,
            status: 201,
            work: () => register(tx, definition, registration),
            write: JSON.stringify,
            read: JSON.parse,
          }),
        spanning("event-type-name", [registration.organization]),
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
  registration: Registration,
): Promise<Registered> {
  const { organizationId } = registration.organization;
  // the row lock makes registrations of one organization run one after the other, including new names
  const row = await tx.rows.organizationForUpdate(organizationId);
  if (row.closedAt !== null) throw new DaybookError("organization-closed");
  const { name } = type;
  const newest = await tx.rows.eventType(organizationId, name);
  const next = (newest?.version ?? 0) + 1;
  const wanted = version ?? next - 1;
  const kept = newest?.version === wanted ? newest : await tx.rows.eventType(organizationId, name, wanted);
  const same = sameAs(kept, { ...type, version: wanted });
  if (same !== undefined) return { type: same, registered: false };
  if (version !== undefined && version !== next) throw wrongVersion(version, next);
  if (newest === undefined) await takeName(tx.rows, organizationId, name);
  const made: EventType = { ...type, version: next };
  const definition = canonicalize(made as unknown as Json);
  await tx.rows.insertEventType({ organizationId, name, version: next, definition });
  await tx.record(registration.organization, eventOf(made, registration), registration.recordedBy);
  return { type: made, registered: true };
}

/** Takes a name that is new here. It is compared with the catalogue only now: a registered name stays valid when the catalogue grows. */
async function takeName(rows: RegisterRows, organizationId: number, name: string): Promise<void> {
  const folded = foldedTypeName(name);
  const ours = oursByFolded.get(folded);
  if (ours !== undefined) throw alike(name, ours, "Daybook's own");
  const { count, alike: others } = await rows.eventTypeNames(organizationId, folded);
  if (others[0] !== undefined) throw alike(name, others[0], "a registered one");
  if (organizationId !== theService && count >= mostNames) throw tooMany();
  if (await rows.takeEventTypeName(organizationId, name)) return;
  throw organizationId === theService
    ? taken(`An organization has an event type ${name} of its own.`)
    : taken(`${name} is an event type of the service: every organization has it already.`);
}

/** Daybook's own types, including those of later versions, by their names without case and separators. */
const oursByFolded: ReadonlyMap<string, string> = new Map(
  [...eventTypes.map(({ name }) => name), ...comingTypeNames].map((name) => [foldedTypeName(name), name]),
);

const alike = (name: string, other: string, whose: string): DaybookError =>
  taken(`${name} differs from ${other}, ${whose}, only in case and the characters . _ : / -`);

const taken = (detail: string): DaybookError =>
  new DaybookError("event-type-name-taken", {
    detail,
    issues: [{ pointer: "/name", detail, remedy: "Choose another name." }],
  });

function eventOf(made: EventType, { organization, actor, context }: Registration): EventInput {
  return {
    type: "EVENT_TYPE_REGISTERED",
    actor,
    targets: [{ type: "event_type", id: made.name, name: made.title }],
    data: {
      name: made.name,
      version: made.version,
      title: made.title,
      scope: organization.organizationId === theService ? "SERVICE" : "ORGANIZATION",
      digest: createHash("sha256")
        .update(canonicalize(made as unknown as Json))
        .digest("hex"),
    },
    ...(context === undefined ? {} : { context }),
  };
}

/** The stored version, if its definition is the same. */
function sameAs(kept: CustomEventType | undefined, wanted: EventType): EventType | undefined {
  if (kept === undefined) return undefined;
  const type = JSON.parse(kept.definition) as EventType;
  return canonicalize(type as unknown as Json) === canonicalize(wanted as unknown as Json) ? type : undefined;
}

function tooMany(): DaybookError {
  const detail = `The organization has ${mostNames} custom event types already.`;
  return new DaybookError("request-invalid", { detail, remedy: "Use an existing event type." });
}

function wrongVersion(version: number, next: number): DaybookError {
  if (version < next) return new DaybookError("event-type-taken");
  const detail = `The next version of this event type is ${next}.`;
  const remedy = "Leave the version out.";
  return new DaybookError("request-invalid", { detail, issues: [{ pointer: "/version", detail, remedy }] });
}
