/** Changes that end with an organization, under an `Idempotency-Key`. */
import { type BusinessRows, type Once, once } from "../log/index.ts";
import type { Organization } from "../store/contract/organizations.ts";

/** Does the work, or gives the organization again as the first answer had it. Throws as `once` of `log` does. */
export const organizationOnce = (
  rows: BusinessRows,
  change: Omit<Once<Organization>, "write" | "read">,
): Promise<Organization> => once(rows, { ...change, write, read });

/** Times as text: JSON numbers would do, but not their type. */
const write = ({ createdAt, closedAt, ...rest }: Organization): string =>
  JSON.stringify({ ...rest, createdAt: `${createdAt}`, closedAt: closedAt === null ? null : `${closedAt}` });

function read(body: string): Organization {
  const { createdAt, closedAt, ...rest } = JSON.parse(body);
  return { ...rest, createdAt: BigInt(createdAt), closedAt: closedAt === null ? null : BigInt(closedAt) };
}
