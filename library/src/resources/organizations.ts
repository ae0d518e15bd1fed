/** The settings of an organization. */

export interface OrganizationSettings {
  /** 1 to 200 characters. */
  readonly name: string;
  /** At most 1,000 characters, of several lines. */
  readonly description: string | null;
  /** At most 320 bytes. */
  readonly email: string | null;
  /** At most 200 characters. */
  readonly location: string | null;
  /** An http or https address, at most 512 bytes. */
  readonly website: string | null;
}
