/** What an `Idempotency-Key` identifies: a request of a caller. */
import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import type { Idempotency } from "../log/index.ts";
import { callerOf } from "./guard.ts";

/** SHA-256 of method, path and body: the request that an `Idempotency-Key` identifies. */
function requestHash(request: FastifyRequest): Uint8Array {
  const hash = createHash("sha256").update(`${request.method} ${request.url}\n`);
  if (request.body instanceof Buffer) hash.update(request.body);
  return hash.digest();
}

/** The `Idempotency-Key` of a request, with its caller and its hash; undefined if it has none. */
export function idempotencyOf(request: FastifyRequest): Idempotency | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  return idempotencyUnder(typeof key === "string" ? key : key.join(", "), request);
}

/** The same for a key within the body, because forms can't send headers. */
export function idempotencyUnder(key: string, request: FastifyRequest): Idempotency {
  return { by: callerOf(request).id, key, requestHash: requestHash(request) };
}
