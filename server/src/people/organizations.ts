/**
 * Organizations: made, closed, found and listed. Each change commits together with its events, and a change without effect records nothing.
 */
import { DaybookError, type EventInput, refuse, type Target } from "daybook/internal";
import { coalesced } from "../fairness/index.ts";
import {
  actorAndContext,
  type ChangeRequest,
  type ChangeTransaction,
  newOrganizationId,
  type OrganizationToOpen,
  openOrganization,
  reasonOf,
} from "../log/index.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { SearchedPage } from "../store/contract/lists.ts";
import type { Organization, OrganizationFigures } from "../store/contract/organizations.ts";
import { spanning } from "../store/contract/placement.ts";
import type { RowScope } from "../store/contract/row-scope.ts";
import {
  type OrganizationChange,
  type PeopleDependencies,
  refuseReserved,
  reserved,
  type WithReason,
} from "./dependencies.ts";
import type { KnownOrganizations } from "./known.ts";
import { organizationOnce } from "./once.ts";
import { checkName, checkSlug } from "./rules.ts";

/** The organizations to list: all, those of a person, or a single one. */
export type Whose = "everything" | { readonly userId: number } | { readonly only: Organization };

/** Organizations. All times are microseconds since 1970 UTC. */
export interface Organizations {
  /** Throws `request-invalid`, `slug-taken`, `idempotency-key-reused`, and what recording throws. */
  createOrganization(
    request: ChangeRequest & { readonly slug: unknown; readonly name: unknown },
  ): Promise<Organization>;
  /** Repeating it has no effect, and records no event. Throws `request-invalid` for the reason, and what recording throws. */
  closeOrganization(request: OrganizationChange & WithReason): Promise<Organization>;
  /** By slug or id, as it is now, within a row scope. Throws `organization-not-found`. */
  organization(slugOrId: string, rowScope: RowScope): Promise<Organization>;
  /** By slug or id, for recording: its name and closing can be slightly out of date. Throws `organization-not-found`. */
  knownOrganization(slugOrId: string): Promise<Organization>;
  /** In the order of slug, after the slug of `page`; without the reserved one. A search compares names and slugs. */
  organizations(whose: Whose, page: SearchedPage): Promise<Organization[]>;
  /** How much each of these organizations has, by its number, within a row scope. */
  organizationFigures(
    organizationIds: readonly number[],
    rowScope: RowScope,
  ): Promise<ReadonlyMap<number, OrganizationFigures>>;
}

/** Opens this part of the service. */
export function openOrganizations(
  dependencies: PeopleDependencies,
  known: KnownOrganizations,
): Organizations {
  const { store, log } = dependencies;
  /** Its name and key never change. */
  let deployment: OrganizationToOpen["deployment"] | undefined;
  /** As it is now; a thousand requests at once for as many organizations are a statement or two. */
  const find = coalesced<string, Organization | undefined>(String, (slugsOrIds) =>
    store.organizationsNamed(slugsOrIds),
  );
  return {
    createOrganization: async ({ slug, name, ...request }) => {
      const wanted = {
        id: newOrganizationId(),
        slug: checkSlug(slug),
        name: checkName(name, "organization name"),
      };
      deployment ??= await store.deployment();
      if (deployment === undefined)
        throw new DaybookError("internal", { detail: "The deployment is not initialised." });
      return create(log, { wanted, deployment, request });
    },
    closeOrganization: async ({ reason, ...request }) => {
      refuseReserved(request.organization);
      const why = reasonOf({ reason });
      const closed = await log.change(
        (tx) => close(tx, request, why),
        spanning("organization-closed", [request.organization]),
      );
      known.forget(closed);
      return closed;
    },
    organization: async (slugOrId, rowScope) =>
      found(
        await (rowScope === "everything" ? find(slugOrId) : store.within(rowScope).organization(slugOrId)),
      ),
    knownOrganization: async (slugOrId) =>
      known.get(slugOrId) ?? known.keep(slugOrId, found(await find(slugOrId))),
    organizations: (whose, page) => list(store, whose, page),
    organizationFigures: async (organizationIds, rowScope) => {
      const figures = await store.within(rowScope).organizationFigures(organizationIds);
      return new Map(figures.map((each) => [each.organizationId, each]));
    },
  };
}

function found(organization: Organization | undefined): Organization {
  if (organization === undefined) throw new DaybookError("organization-not-found");
  return organization;
}

async function list(
  store: PeopleDependencies["store"],
  whose: Whose,
  page: SearchedPage,
): Promise<Organization[]> {
  if (whose === "everything") return store.within(whose).organizationsMatching(page);
  const all =
    "only" in whose
      ? [whose.only]
      : (await store.membershipsOf(whose.userId)).map(({ organization }) => organization);
  const matching = page.matching?.toLowerCase() ?? "";
  return all
    .filter(({ slug }) => page.after === undefined || slug > page.after)
    .filter(({ slug, name }) => slug.includes(matching) || name.toLowerCase().includes(matching))
    .slice(0, page.limit);
}

interface Creating {
  readonly wanted: Pick<Organization, "id" | "slug" | "name">;
  readonly deployment: OrganizationToOpen["deployment"];
  readonly request: ChangeRequest;
}

async function create(
  log: PeopleDependencies["log"],
  { wanted, deployment, request }: Creating,
): Promise<Organization> {
  const { initiator, idempotency } = request;
  try {
    return await log.change(
      (tx) =>
        organizationOnce(tx.rows, {
          organizationId: reserved.organizationId,
          idempotency,
          status: 201,
          work: async () => {
            const made = await openOrganization(tx, { organization: wanted, deployment });
            const { organization } = made;
            const added = about("ORGANIZATION_ADDED", organization, initiator);
            const event = { ...added, data: { ...added.data, origin: made.origin } };
            await tx.record(reserved, event, initiator.recordedBy);
            return organization;
          },
        }),
      spanning("organization-made", []),
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw refuse("slug-taken", {
      pointer: "/slug",
      detail: `Another organization has the slug '${wanted.slug}'.`,
    });
  }
}

function close(
  tx: ChangeTransaction,
  { organization, initiator, idempotency }: OrganizationChange,
  why: { readonly reason?: string },
): Promise<Organization> {
  const { organizationId } = organization;
  const work = async (): Promise<Organization> => {
    const open = await tx.rows.organizationForUpdate(organizationId);
    if (open.closedAt !== null) return open;
    await tx.rows.closeOrganization(organizationId);
    tx.closeLog(open);
    for (const log of [open, reserved]) {
      const event = { ...about("ORGANIZATION_CLOSED", open, initiator), ...why };
      await tx.record(log, event, initiator.recordedBy);
    }
    return tx.rows.organizationForUpdate(organizationId);
  };
  return organizationOnce(tx.rows, { organizationId, idempotency, status: 200, work });
}

/** An organization as the target of an event. */
export const organizationTarget = ({ id, name }: Pick<Organization, "id" | "name">): Target => ({
  type: "organization",
  id,
  name,
});

const about = (
  type: string,
  organization: Organization,
  initiator: ChangeRequest["initiator"],
): EventInput => ({
  type,
  ...actorAndContext(initiator),
  targets: [organizationTarget(organization)],
  data: { organizationId: organization.id, slug: organization.slug, name: organization.name },
});
