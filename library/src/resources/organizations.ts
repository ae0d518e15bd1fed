/** Organizations and their settings. */

export interface Organization {
  /** `org_…` */
  readonly id: string;
  /** The name in addresses. It never changes. */
  readonly slug: string;
  readonly name: string;
  /** RFC 3339, UTC, six decimals; so is `closedAt`. */
  readonly createdAt: string;
  /** When it was closed, so that its log can only be read; null if it is open. */
  readonly closedAt: string | null;
}

export type NewOrganization = Pick<Organization, "slug" | "name">;

/** What an organization says about itself. null: not entered. */
export interface OrganizationSettings {
  /** 1 to 200 characters. */
  readonly name: string;
  /** At most 1,000 characters, over several lines. */
  readonly description: string | null;
  /** At most 320 bytes. */
  readonly email: string | null;
  /** At most 200 characters. */
  readonly location: string | null;
  /** An http or https address, at most 512 bytes. */
  readonly website: string | null;
}
