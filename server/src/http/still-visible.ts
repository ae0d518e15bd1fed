/** Ends long responses, follows and downloads, when the caller loses the right to them. */
import { DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { RequestServices } from "../services.ts";
import { isMadeOutNow } from "./guard.ts";
import { organizationOf, type RequestOrganization } from "./organization-of.ts";

type SeenView = RequestOrganization["view"];

/** How long a check counts for all responses to the same credentials, in milliseconds: many follows with one token need one. */
const countsFor = 1_000;

/** The checks of the last second. */
const checks = new WeakMap<RequestServices, Map<string, Promise<SeenView>>>();

/**
 * Checks at most once a second. Throws if the caller no longer has the right, or a different row scope: the next request is then judged
 * from the start.
 */
export async function seesStill(
  request: FastifyRequest,
  services: RequestServices,
  { context, onlyTarget, rowScope }: SeenView,
): Promise<void> {
  if (isMadeOutNow(request)) return;
  const view = await viewNow(request, services);
  if (view.context === context && view.onlyTarget === onlyTarget && view.rowScope === rowScope) return;
  throw new DaybookError("not-allowed");
}

/** What the caller sees of the organization now, or saw within the last second. */
function viewNow(request: FastifyRequest, services: RequestServices): Promise<SeenView> {
  const all = checks.get(services) ?? new Map<string, Promise<SeenView>>();
  checks.set(services, all);
  const { authorization, cookie } = request.headers;
  const { org } = request.params as { org: string };
  const { action, inFrame } = request.routeOptions.config;
  const key = [authorization ?? cookie, org, action, inFrame].join("\n");
  const known = all.get(key);
  if (known !== undefined) return known;
  const view = judged(request, services);
  all.set(key, view);
  setTimeout(() => all.delete(key), countsFor).unref();
  return view;
}

async function judged(request: FastifyRequest, services: RequestServices): Promise<SeenView> {
  await request.server.callerAgain(request);
  return (await organizationOf(request, services)).view;
}

/** The pieces of a response, without any after the right has ended. */
export async function* whileVisible(
  pieces: AsyncIterable<Buffer>,
  check: () => Promise<void>,
): AsyncGenerator<Buffer, void> {
  for await (const piece of pieces) {
    await check();
    yield piece;
  }
}
