/** Addresses of this service as people reach it, for responses that contain one. They never have a secret before the `#`. */
import type { FastifyRequest } from "fastify";

/** The public path of the service, without a slash at its end; empty for the root. */
export const baseOf = ({ server }: Pick<FastifyRequest, "server">): string =>
  (server.publicUrl?.pathname ?? "").replace(/\/+$/, "");

/** The configured address with a path after it; if none is configured, the address of the request. */
export function addressOf(request: FastifyRequest, path: string): string {
  const { publicUrl } = request.server;
  const base = publicUrl?.href ?? `${request.protocol}://${request.host}`;
  return `${base.replace(/\/+$/, "")}${path}`;
}
