/** Turns a path of this site into the address that the browser of a request asks for. */
import type { FastifyRequest } from "fastify";
import { baseOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { AddressOfPath } from "../kit/address/address.tsx";

/** The pages that also exist below the path of a viewer session. */
const inFrame = `${paths.organizations()}/`;

/**
 * Makes the function that turns paths into addresses for one response: below the public path of the service, and in a frame, pages of
 * organizations below the path of the session.
 */
export function addressesFor(request: Pick<FastifyRequest, "server" | "framing">): AddressOfPath {
  const base = baseOf(request);
  const framePath = request.framing?.path;
  return (path) => {
    // another site's address, or a fragment
    if (!path.startsWith("/") || path.startsWith("//")) return path;
    return framePath !== undefined && path.startsWith(inFrame) ? base + framePath + path : base + path;
  };
}
