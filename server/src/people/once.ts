/**
 * `Idempotency-Key`: the same request sent again is answered as the first time, and does nothing. Key, change and answer
 * are one transaction. Knows nothing of the changes.
 */
import { DaybookError } from "daybook/error";
import type { BusinessRows } from "../log/index.ts";
import type { Organization } from "../store/store.ts";
import { checkIdempotencyKey } from "./rules.ts";

/** The key that came with a request, and SHA-256 of the request's method, path and body (32 bytes). */
export interface Idempotency {
  readonly key: string;
  readonly requestHash: Uint8Array;
}

/** A change that ends with an organization, and whose key it is under. */
export interface Once {
  /** Whose keys: the organization's, or 0 for making one. */
  readonly organizationId: number;
  readonly idempotency: Idempotency | undefined;
  /** The HTTP status that goes with the answer. */
  readonly status: number;
  readonly work: () => Promise<Organization>;
}

/** Does the work, or gives the first answer again. Throws `idempotency-key-reused` where the key was another request's. */
export async function once(
  rows: BusinessRows,
  { organizationId, idempotency, status, work }: Once,
): Promise<Organization> {
  if (idempotency === undefined) return work();
  const key = checkIdempotencyKey(idempotency.key);
  const answered = await rows.claimIdempotencyKey(organizationId, key, idempotency.requestHash);
  if (answered !== undefined) {
    if (Buffer.compare(answered.requestHash, idempotency.requestHash) !== 0) {
      throw new DaybookError("idempotency-key-reused");
    }
    return read(answered.body);
  }
  const organization = await work();
  await rows.answerIdempotencyKey(organizationId, key, { status, body: write(organization) });
  return organization;
}

/** Times as text: JSON numbers would do, but not their type. */
const write = ({ createdAt, closedAt, ...rest }: Organization): string =>
  JSON.stringify({ ...rest, createdAt: `${createdAt}`, closedAt: closedAt === null ? null : `${closedAt}` });

function read(body: string): Organization {
  const { createdAt, closedAt, ...rest } = JSON.parse(body);
  return { ...rest, createdAt: BigInt(createdAt), closedAt: closedAt === null ? null : BigInt(closedAt) };
}
