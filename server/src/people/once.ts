/** Changes that result in an organization, under an `Idempotency-Key`. */
import { type BusinessRows, type Once, once } from "../log/index.ts";
import type { Organization } from "../store/contract/organizations.ts";

/** Does the work, or returns the organization of the first response. Throws as `once` of `log` does. */
export const organizationOnce = (
  rows: BusinessRows,
  change: Omit<Once<Organization>, "write" | "read">,
): Promise<Organization> => once(rows, { ...change, write, read });

/** Times as text, because JSON numbers would lose their type. */
const write = ({ createdAt, closedAt, ...rest }: Organization): string =>
  JSON.stringify({ ...rest, createdAt: `${createdAt}`, closedAt: closedAt === null ? null : `${closedAt}` });

function read(body: string): Organization {
  const { createdAt, closedAt, ...rest } = JSON.parse(body);
  return { ...rest, createdAt: BigInt(createdAt), closedAt: closedAt === null ? null : BigInt(closedAt) };
}
