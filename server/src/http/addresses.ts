/** Addresses of this service as people reach it, for answers that name one. Never with a secret before the `#`. */
import type { FastifyRequest } from "fastify";

/** The path that people reach the service by, without a slash at its end; empty for the root. */
export const baseOf = ({ server }: Pick<FastifyRequest, "server">): string =>
  (server.publicUrl?.pathname ?? "").replace(/\/+$/, "");

/** The configured address with a path after it; where none is configured, the one that the request came to. */
export function addressOf(request: FastifyRequest, path: string): string {
  const { publicUrl } = request.server;
  const base = publicUrl?.href ?? `${request.protocol}://${request.host}`;
  return `${base.replace(/\/+$/, "")}${path}`;
}
