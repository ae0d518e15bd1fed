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
