/** `Idempotency-Key`: a repeated request gets the first response, and does nothing. Key, change and response are one transaction. */
import { DaybookError, hideTokens } from "daybook/internal";
import type { BusinessRows } from "./business-rows.ts";

/** The key of a request, its caller, and SHA-256 of the request's method, path and body (32 bytes). */
export interface Idempotency {
  /** The id of the caller, without spaces. Each caller has keys of their own: the response to another one's request may be nothing for them. */
  readonly by: string;
  readonly key: string;
  readonly requestHash: Uint8Array;
}

/** A change with the scope of its key, and the conversions of its result to text and back. */
export interface Once<T> {
  /** The owner of the keys: an organization, or 0 for creating one. */
  readonly organizationId: number;
  readonly idempotency: Idempotency | undefined;
  /** The HTTP status of the response. */
  readonly status: number;
  readonly work: () => Promise<T>;
  readonly write: (result: T) => string;
  readonly read: (text: string) => T;
}

const keyForm = /^[\x21-\x7e]{1,255}$/;

/**
 * Does the work, or returns the first response again. Throws `request-invalid` for an invalid key (valid: 1 to 255 visible ASCII
 * characters), and `idempotency-key-reused` if the key belongs to another request.
 */
export async function once<T>(rows: BusinessRows, change: Once<T>): Promise<T> {
  const { organizationId, idempotency, status, work } = change;
  if (idempotency === undefined) return work();
  const { requestHash } = idempotency;
  if (!keyForm.test(idempotency.key)) throw noKey();
  // the row outlives the request, and a header can contain anything
  const key = `${idempotency.by} ${hideTokens(idempotency.key)}`;
  const answered = await rows.claimIdempotencyKey(organizationId, key, requestHash);
  if (answered !== undefined) {
    if (Buffer.compare(answered.requestHash, requestHash) !== 0)
      throw new DaybookError("idempotency-key-reused");
    return change.read(answered.body);
  }
  const result = await work();
  await rows.answerIdempotencyKey(organizationId, key, { status, body: change.write(result) });
  return result;
}

const noKey = (): DaybookError =>
  new DaybookError("request-invalid", {
    detail: "Idempotency-Key must be 1 to 255 visible ASCII characters.",
    remedy: "Send a UUID, for example.",
  });
