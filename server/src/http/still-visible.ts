/** Ends long responses, follows and downloads, when the caller loses the right to them. */
import { DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { RequestServices } from "../services.ts";
import { organizationOf, type RequestOrganization } from "./organization-of.ts";

/**
 * Checks at most once a second. Throws if the caller no longer has the right, or a different row scope: the next request is then judged
 * from the start.
 */
export async function seesStill(
  request: FastifyRequest,
  services: RequestServices,
  { context, onlyTarget, rowScope }: RequestOrganization["view"],
): Promise<void> {
  if (!(await request.server.callerAgain(request))) return;
  const { view } = await organizationOf(request, services);
  if (view.context === context && view.onlyTarget === onlyTarget && view.rowScope === rowScope) return;
  throw new DaybookError("not-allowed");
}

/** The pieces of a response, without any after the right has ended. */
export async function* whileVisible(
  pieces: AsyncIterable<string>,
  check: () => Promise<void>,
): AsyncGenerator<string, void> {
  for await (const piece of pieces) {
    await check();
    yield piece;
  }
}
