/**
 * Organizations: made, renamed, closed, found and listed. Each change commits with its events or not at all, and one that
 * changes nothing logs nothing. Knows nothing of HTTP and of who may do what.
 */
import { DaybookError, refuse } from "daybook/error";
import type { Actor, Context, EventInput, RecordedBy } from "daybook/event";
import {
  type ChangeTransaction,
  type EventLog,
  type Idempotency,
  newOrganizationId,
  openOrganization,
} from "../log/index.ts";
import { type Deployment, type Organization, type Store, StoreError } from "../store/store.ts";
import { KnownOrganizations } from "./known.ts";
import { organizationOnce } from "./once.ts";
import { checkName, checkSlug } from "./rules.ts";

/** Who does it: for the events. */
export interface By {
  readonly actor: Actor;
  readonly recordedBy: RecordedBy;
  readonly context?: Context;
}

/** What goes with every change. */
export interface Asked {
  readonly by: By;
  readonly idempotency?: Idempotency | undefined;
}

/** The room. All times are microseconds since 1970 UTC. */
export interface People {
  /** Throws `request-invalid`, `slug-taken`, `idempotency-key-reused`, and what recording throws. */
  createOrganization(
    asked: Asked & { readonly slug: unknown; readonly name: unknown },
  ): Promise<Organization>;
  /** The same name again changes and logs nothing. Throws as above, and `organization-closed`. */
  renameOrganization(
    asked: Asked & { readonly organization: Organization; readonly name: unknown },
  ): Promise<Organization>;
  /** Closing twice changes and logs nothing. */
  closeOrganization(asked: Asked & { readonly organization: Organization }): Promise<Organization>;
  /** By slug or id, as it is now. Throws `organization-not-found`. */
  organization(slugOrId: string): Promise<Organization>;
  /** By slug or id, for recording: its name and closing may be those of a while ago. Throws `organization-not-found`. */
  knownOrganization(slugOrId: string): Promise<Organization>;
  /** In the order of slug, after `afterSlug`; without the reserved one. */
  organizations(afterSlug: string | undefined, limit: number): Promise<Organization[]>;
}

/** What the room stands on. */
export interface PeopleOptions {
  readonly store: Pick<Store, "organization" | "organizations" | "deployment">;
  readonly log: Pick<EventLog, "change">;
}

/** Opens the room. */
export function openPeople({ store, log }: PeopleOptions): People {
  const known = new KnownOrganizations();
  const fromRows = async (slugOrId: string): Promise<Organization> => {
    const organization = await store.organization(slugOrId);
    if (organization === undefined) throw new DaybookError("organization-not-found");
    return organization;
  };
  return {
    createOrganization: async ({ slug, name, ...asked }) => {
      const wanted = { id: newOrganizationId(), slug: checkSlug(slug), name: checkName(name) };
      const deployment = await store.deployment();
      if (deployment === undefined)
        throw new DaybookError("internal", { detail: "The deployment is not initialised." });
      return create(log, { wanted, deployment, asked });
    },
    renameOrganization: async ({ organization, name, ...asked }) => {
      refuseReserved(organization);
      const wanted = checkName(name);
      const renamed = await log.change((tx) => rename(tx, organization, { name: wanted, asked }));
      known.forget(organization);
      return renamed;
    },
    closeOrganization: async ({ organization, ...asked }) => {
      refuseReserved(organization);
      const closed = await log.change((tx) => close(tx, organization, asked));
      known.forget(organization);
      return closed;
    },
    organization: fromRows,
    knownOrganization: async (slugOrId) =>
      known.get(slugOrId) ?? known.keep(slugOrId, await fromRows(slugOrId)),
    organizations: (afterSlug, limit) => store.organizations(afterSlug, limit),
  };
}

interface Creating {
  readonly wanted: Pick<Organization, "id" | "slug" | "name">;
  readonly deployment: Deployment;
  readonly asked: Asked;
}

async function create(log: Pick<EventLog, "change">, creating: Creating): Promise<Organization> {
  const { wanted, deployment, asked } = creating;
  try {
    return await log.change((tx) =>
      organizationOnce(tx.rows, {
        organizationId: reserved.organizationId,
        idempotency: asked.idempotency,
        status: 201,
        work: async () => {
          const made = await openOrganization(tx, { organization: wanted, deployment });
          await tx.record(reserved, about("ORGANIZATION_ADDED", made, asked.by), asked.by.recordedBy);
          return made;
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw refuse("slug-taken", {
      pointer: "/slug",
      detail: `Another organization has the slug '${wanted.slug}'.`,
    });
  }
}

function rename(
  tx: ChangeTransaction,
  { organizationId }: Organization,
  { name, asked }: { name: string; asked: Asked },
): Promise<Organization> {
  const { by, idempotency } = asked;
  const work = async (): Promise<Organization> => {
    const organization = await tx.rows.organizationForUpdate(organizationId);
    if (organization.name === name) return organization;
    if (organization.closedAt !== null) throw new DaybookError("organization-closed");
    await tx.rows.renameOrganization(organizationId, name);
    const event: EventInput = {
      type: "ORGANIZATION_CHANGE",
      ...says(by),
      targets: [targetOf(organization)],
      changes: [{ path: "/name", from: organization.name, to: name }],
    };
    await tx.record(organization, event, by.recordedBy);
    return { ...organization, name };
  };
  return organizationOnce(tx.rows, { organizationId, idempotency, status: 200, work });
}

function close(tx: ChangeTransaction, { organizationId }: Organization, asked: Asked): Promise<Organization> {
  const { by, idempotency } = asked;
  const work = async (): Promise<Organization> => {
    const organization = await tx.rows.organizationForUpdate(organizationId);
    if (organization.closedAt !== null) return organization;
    await tx.rows.closeOrganization(organizationId);
    tx.closeLog(organization);
    for (const log of [organization, reserved]) {
      await tx.record(log, about("ORGANIZATION_CLOSED", organization, by), by.recordedBy);
    }
    return tx.rows.organizationForUpdate(organizationId);
  };
  return organizationOnce(tx.rows, { organizationId, idempotency, status: 200, work });
}

/** The organization whose log holds what belongs to no other. */
const reserved = { organizationId: 0 } as const;

function refuseReserved(organization: Organization): void {
  if (organization.organizationId !== reserved.organizationId) return;
  throw new DaybookError("not-allowed", { detail: "The reserved organization can't be changed." });
}

const says = ({ actor, context }: By): Pick<EventInput, "actor" | "context"> =>
  context === undefined ? { actor } : { actor, context };

const targetOf = ({
  id,
  name,
}: Pick<Organization, "id" | "name">): { type: string; id: string; name: string } => ({
  type: "organization",
  id,
  name,
});

const about = (type: string, organization: Organization, by: By): EventInput => ({
  type,
  ...says(by),
  targets: [targetOf(organization)],
  data: { organizationId: organization.id, slug: organization.slug, name: organization.name },
});
