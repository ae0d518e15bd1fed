/**
 * The first start of a deployment: its one row, and the reserved organization `daybook` with its log, in one transaction.
 * Any number of processes may start at once: one makes it, the others find it.
 */
import { allRules, DaybookError } from "daybook/internal";
import type { Deployment, NewDeployment } from "../store/contract/deployment.ts";
import type { Store } from "../store/store.ts";
import { type ChangeTransaction, change } from "./change.ts";
import { type Clock, processClock } from "./clock.ts";
import { defaultLimits } from "./limits.ts";
import { openOrganization } from "./open-organization.ts";
import { newOrganizationId } from "./organization-id.ts";
import { catalogueTypes, type TypeLookup } from "./types.ts";

/** What the deployment gets if this process is the first. */
export interface FirstStart extends NewDeployment {
  readonly store: Store;
  readonly types?: TypeLookup;
  readonly clock?: Clock;
  /** What else is told in the log of `daybook`, right after it was opened. */
  readonly alsoTold?: (tx: ChangeTransaction) => Promise<void>;
}

/** The slug and number of the organization that holds what belongs to no other. */
export const reservedSlug = "daybook";

/**
 * Makes the deployment, or finds the one that is there; resolves with the one that counts. Its name, key and token hash may
 * differ from those given: what the first process wrote stays. Throws what recording throws.
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
  await change(async (tx) => {
    if (!(await tx.rows.insertDeployment(deployment))) return;
    const organization = {
      organizationId: 0 as const,
      id: newOrganizationId(),
      slug: reservedSlug,
      name: "Daybook",
    };
    await openOrganization(tx, { organization, deployment });
    await alsoTold?.(tx);
  }, changing);
  const made = await store.deployment();
  if (made === undefined) throw new DaybookError("internal", { detail: "The deployment was not made." });
  return made;
}
