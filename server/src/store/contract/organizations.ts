/** The contract of the store for organizations: the shape that all the others speak of. */

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
  /** Counts the changes of name and details, from 1. */
  readonly version: number;
}

/** What a new organization is made of. */
type NewOrganizationRow = Pick<Organization, "id" | "slug" | "name">;

/** What a settings change may set. Undefined members stay; null empties. */
export interface OrganizationDetails {
  readonly name?: string;
  readonly description?: string | null;
  readonly email?: string | null;
  readonly location?: string | null;
  readonly website?: string | null;
}

/** The rows of organizations in a writing transaction. */
export interface OrganizationRows {
  /** `organizationId` is given for the reserved organization only; else the store picks the next one. */
  insertOrganization(organization: NewOrganizationRow & { organizationId?: 0 }): Promise<Organization>;
  /** Throws StoreError `conflict` if no such row. Locks the row. */
  organizationForUpdate(organizationId: number): Promise<Organization>;
  /** Sets `closedAt` to the time of the change. Does not touch the head: its `closed` is set by `updateHeads`, in step 6. */
  closeOrganization(organizationId: number): Promise<void>;
  /** Raises the organization's `version` too. */
  updateOrganization(organizationId: number, details: OrganizationDetails): Promise<void>;
}

/** Reading organizations, within a row scope. */
export interface OrganizationReads {
  organization(slugOrId: string): Promise<Organization | undefined>;
  organizationsById(organizationIds: readonly number[]): Promise<Organization[]>;
  /** In the order of slug, after `afterSlug`; without the reserved one. */
  organizations(afterSlug: string | undefined, limit: number): Promise<Organization[]>;
}
