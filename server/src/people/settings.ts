/**
 * The settings of an organization: name, description, email, location, website. A change is one event with the values before and after; a
 * change to the same values records nothing.
 */
import type { JsonObject } from "daybook/internal";
import type { ChangeTransaction } from "../log/index.ts";
import type { Organization, OrganizationDetails } from "../store/contract/organizations.ts";
import { inOne } from "../store/contract/placement.ts";
import {
  type ChangingVersion,
  openForChange,
  type PeopleDependencies,
  recordChange,
  refuseStale,
} from "./dependencies.ts";
import type { KnownOrganizations } from "./known.ts";
import { organizationOnce } from "./once.ts";
import { organizationTarget } from "./organizations.ts";
import { checkDetail, checkName } from "./rules.ts";

/** The values to change. Absent ones stay; null and blank text empty all but the name. */
type WantedDetails = { readonly [Detail in keyof OrganizationDetails]?: unknown };

export interface Settings {
  /** Throws `request-invalid`, `changed-meanwhile`, `organization-closed`, `idempotency-key-reused`, and what recording throws. */
  changeSettings(request: ChangingVersion & { readonly details: WantedDetails }): Promise<Organization>;
}

/** Opens this part of the service. */
export function openSettings({ log }: PeopleDependencies, known: KnownOrganizations): Settings {
  return {
    changeSettings: async ({ details, ...request }) => {
      const wanted = checked(details);
      const changed = await log.change(
        (tx) =>
          organizationOnce(tx.rows, {
            organizationId: request.organization.organizationId,
            idempotency: request.idempotency,
            status: 200,
            work: () => change(tx, wanted, request),
          }),
        inOne(request.organization),
      );
      known.forget(changed);
      return changed;
    },
  };
}

const checks: { readonly [Detail in keyof OrganizationDetails]-?: (value: unknown) => string | null } = {
  name: (value) => checkName(value, "organization name"),
  ...checkDetail,
};
const names = Object.keys(checks) as (keyof OrganizationDetails)[];

function checked(details: WantedDetails): OrganizationDetails {
  const given = names.filter((name) => details[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, checks[name](details[name])]));
}

async function change(
  tx: ChangeTransaction,
  wanted: OrganizationDetails,
  { organization: { organizationId }, initiator, ifVersion }: ChangingVersion,
): Promise<Organization> {
  const was = await openForChange(tx.rows, { organizationId });
  refuseStale(was, ifVersion);
  const changing = names.filter((name) => wanted[name] !== undefined && wanted[name] !== was[name]);
  if (changing.length === 0) return was;
  const only = (of: OrganizationDetails): JsonObject =>
    Object.fromEntries(changing.map((name) => [name, of[name] ?? null]));
  await tx.rows.updateOrganization(organizationId, only(wanted) as OrganizationDetails);
  await recordChange(tx, was, {
    initiator,
    type: "ORGANIZATION_CHANGE",
    targets: [organizationTarget(was)],
    before: only(was),
    after: only(wanted),
  });
  return { ...was, ...wanted, version: was.version + 1 };
}
