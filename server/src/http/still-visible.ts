/** What goes on for a while, a follow or a download, ends with the right of who asked for it. */
import { DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { RequestServices } from "../services.ts";
import { organizationOf, type RequestOrganization } from "./organization-of.ts";

/**
 * Asks at most once a second. Throws once who asked may no longer, or sees something else than when they began: they come again, and
 * are judged anew.
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

/** The pieces of an answer, none of them after the right to see it. */
export async function* whileVisible(
  pieces: AsyncIterable<string>,
  check: () => Promise<void>,
): AsyncGenerator<string, void> {
  for await (const piece of pieces) {
    await check();
    yield piece;
  }
}
