/** The first page: it redirects people to their log; people without an organization get a message on the page of organizations. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { SignedIn } from "../../access/index.ts";
import { cookieOf, setCookie } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { People } from "../../people/index.ts";
import { ownPath } from "../base/own-path.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";

/** The page to continue with after signing in elsewhere. */
const nextCookie = "daybook-next";
/** Milliseconds: the maximum time for signing in there. */
const lifetime = 600_000;

/** Remembers the page to continue with, while a person signs in at the identity provider. */
export const keepNext = (reply: FastifyReply, path: string): void =>
  setCookie(reply, [nextCookie, path], new Date(Date.now() + lifetime));

/** The remembered page; default: the first page. */
export const keptNext = (request: FastifyRequest): string =>
  ownPath(cookieOf(request, nextCookie) || undefined);

function takeNext(request: FastifyRequest, reply: FastifyReply): string {
  const next = keptNext(request);
  if (next !== "/") setCookie(reply, [nextCookie, ""], new Date(0));
  return next;
}

export function addStart(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.start.route, page("sign-in"), async (request, reply) => {
    const { caller } = request;
    if (caller?.kind !== "user")
      return web.goTo(reply, (await signIn.needsSetUp()) ? paths.setUp() : paths.signIn());
    const next = takeNext(request, reply);
    if (next !== "/") return web.goTo(reply, next);
    return web.goTo(reply, await beginningOf(caller.user, web));
  });
}

/** Their own log; an operator without an organization sees all, and adds the first one if there is none. */
async function beginningOf({ userId, isOperator }: SignedIn["user"], web: Web): Promise<string> {
  const firstOf = (whose: Parameters<People["organizations"]>[0]): ReturnType<People["organizations"]> =>
    web.services.people.organizations(whose, { after: undefined, limit: 1 });
  const [own] = await firstOf({ userId });
  if (own !== undefined) return paths.activity({ org: own.slug });
  const isForAll = isOperator && (await firstOf("everything")).length > 0;
  return isForAll ? paths.allActivity() : paths.organizations();
}
