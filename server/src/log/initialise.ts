/**
 * The first start of a deployment: its one row, and the reserved organization `daybook` with its log, in one transaction. Any number of
 * processes can start simultaneously: one creates it, the others find it.
 */
import { allRules, DaybookError } from "daybook/internal";
import type { Deployment, NewDeployment } from "../store/contract/deployment.ts";
import { inNone } from "../store/contract/placement.ts";
import type { Store } from "../store/store.ts";
import { type ChangeTransaction, change } from "./change.ts";
import { type Clock, processClock } from "./clock.ts";
import { defaultLimits } from "./limits.ts";
import { openOrganization } from "./open-organization.ts";
import { newOrganizationId } from "./organization-id.ts";
import { catalogueTypes, type TypeLookup } from "./types.ts";

/** The values of the deployment if this process is the first. */
export interface FirstStart extends NewDeployment {
  readonly store: Store;
  readonly types?: TypeLookup;
  readonly clock?: Clock;
  /** The other events in the log of `daybook`, right after it is opened. */
  readonly alsoTold?: (tx: ChangeTransaction) => Promise<void>;
}

/** The slug and number of the organization for what belongs to no other organization. */
export const reservedSlug = "daybook";

/**
 * Creates the deployment, or finds the existing one; resolves with the valid one. Its name, key and token hash can differ from those given:
 * the first process decides. Throws what recording throws.
 */
export async function initialiseDeployment(first: FirstStart): Promise<Deployment> {
  const {
    store,
    logName,
    publicKey,
    operatorTokenHash,
    types = catalogueTypes,
    clock = processClock,
    alsoTold,
  } = first;
  const existing = await store.deployment();
  if (existing !== undefined) return existing;
  const deployment = { logName, publicKey, operatorTokenHash };
  const changing = {
    store,
    dependencies: { types, clock, rules: allRules, idsFrom: undefined },
    clock,
    limits: defaultLimits,
    appended: () => {},
  };
  await change(
    async (tx) => {
      if (!(await tx.rows.insertDeployment(deployment))) return;
      const organization = {
        organizationId: 0 as const,
        id: newOrganizationId(),
        slug: reservedSlug,
        name: "Daybook",
      };
      await openOrganization(tx, { organization, deployment });
      await alsoTold?.(tx);
    },
    inNone,
    changing,
  );
  const made = await store.deployment();
  if (made === undefined) throw new DaybookError("internal", { detail: "The deployment was not made." });
  return made;
}
