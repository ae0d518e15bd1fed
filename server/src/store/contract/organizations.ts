/** The contract of the store for organizations, which all other contracts refer to. */
import type { SearchedPage } from "./lists.ts";

/** An organization. `organizationId` 0 is the reserved organization `daybook`. */
export interface Organization {
  readonly organizationId: number;
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: bigint;
  readonly closedAt: bigint | null;
  readonly description: string | null;
  readonly email: string | null;
  readonly location: string | null;
  readonly website: string | null;
  /** The version of name and details, from 1. */
  readonly version: number;
}

/** The values of a new organization, and the name of its first log. */
type NewOrganizationRow = Pick<Organization, "id" | "slug" | "name"> & { readonly origin: string };

/** The values that a settings change can set. Undefined members stay; null empties. */
export interface OrganizationDetails {
  readonly name?: string;
  readonly description?: string | null;
  readonly email?: string | null;
  readonly location?: string | null;
  readonly website?: string | null;
}

/**
 * Step 1 of a writing transaction: the rows of organizations. Every change in an organization locks its row (`organizationForUpdate`)
 * before anything else, so that two changes run one after the other.
 */
export interface OrganizationRows {
  /**
   * Makes an organization, open, version 1, created at the time of the change, with its first log (`logNo` 0) and a new head: size 0, empty
   * frontier, recordedAt null, open. `organizationId` is given for the reserved
   * organization only; else the store gives the next number, and a number is never given twice. Rejects with StoreError
   * `conflict`, constraint `organization_slug_key` or `organization_id_key`, if one is taken.
   */
  insertOrganization(organization: NewOrganizationRow & { organizationId?: 0 }): Promise<Organization>;
  /** Locks the organization's row and returns it. Rejects with StoreError `conflict` if there is none. */
  organizationForUpdate(organizationId: number): Promise<Organization>;
  /**
   * Sets `closedAt` to the time of the change. The caller MUST hold the row and have seen that it is open. Does not touch the
   * head, whose `closed` is set by `updateHeads` in step 6. Rejects with StoreError `conflict` if there is no such organization.
   */
  closeOrganization(organizationId: number): Promise<void>;
  /**
   * Sets the given details; undefined ones stay, null empties. Always raises `version` by one. Rejects with StoreError `conflict` if there
   * is no such organization.
   */
  updateOrganization(organizationId: number, details: OrganizationDetails): Promise<void>;
}

/** Reading organizations, within a row scope. For one outside the row scope, the result is the same as for one that does not exist. */
export interface OrganizationReads {
  /** The organization with that slug or, if there is none, with that id; including closed ones. Undefined if there is neither. */
  organization(slugOrId: string): Promise<Organization | undefined>;
  /** What `organization` returns for each of these, in their order: one read for many. */
  organizationsNamed(slugsOrIds: readonly string[]): Promise<(Organization | undefined)[]>;
  /** The existing ones of these organizations, in no order. */
  organizationsById(organizationIds: readonly number[]): Promise<Organization[]>;
  /** Organizations in the order of slug, including closed ones, the first after `afterSlug`, at most `limit`; without the reserved one. */
  organizations(afterSlug: string | undefined, limit: number): Promise<Organization[]>;
  /** The same of those whose name or slug contains `matching`. */
  organizationsMatching(page: SearchedPage): Promise<Organization[]>;
  /** The figures of the existing ones of these organizations, in no order. MUST NOT read events. */
  organizationFigures(organizationIds: readonly number[]): Promise<OrganizationFigures[]>;
}

/** How much an organization has. */
export interface OrganizationFigures {
  readonly organizationId: number;
  /** The events of all its logs. */
  readonly events: bigint;
  /** When the last event of its current log was recorded; null while that is empty. */
  readonly lastRecordedAt: bigint | null;
  readonly members: number;
  readonly teams: number;
}
