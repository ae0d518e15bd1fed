/**
 * What happens before every route: headers of the answer, does another site send it, who is calling, how often, may they do
 * what the route names, can they take what it answers. A route that names no action can't be registered.
 */
import { DaybookError } from "daybook/internal";
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  HookHandlerDoneFunction,
  onRequestAsyncHookHandler,
} from "fastify";
import {
  type Access,
  type Action,
  actions,
  type Caller,
  isByToken,
  type KnownCaller,
} from "../access/index.ts";
import { SessionEnded } from "../sign-in/index.ts";
import { refuseOtherSites, sessionTokenOf, viewerTokenOf } from "./cookies.ts";
import type { Limits } from "./limits.ts";
import { acceptedKind, bearerOf } from "./request-facts.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the route does, in the words of the access table. */
    action?: Action;
    /** The media types that the route can answer with, the usual one first; application/json if absent, empty: any. */
    kinds?: readonly string[];
    /** Whether it is a page of a viewer's session: let in by the cookie of that, and by no person's. */
    inFrame?: boolean;
    /** Whether a GET of it is recorded as an act of the caller's: then another site's page can't bring it about. */
    records?: boolean;
    /** Whether who asks only waits for something: that keeps no session from being idle. */
    isWaiting?: boolean;
  }
  interface FastifyRequest {
    /** Who is calling; undefined on routes about the service itself, where it is not asked. */
    caller: Caller | undefined;
    /** When that was made out, by `performance.now()`. */
    madeOutAt: number;
    /** Why who came with a session's token isn't signed in by it any more. */
    sessionEnded: SessionEnded | undefined;
  }
  interface FastifyInstance {
    /**
     * Makes out anew who is calling, where that was done a while ago: for what waits or goes on, such as a body that comes slowly.
     * False: it was done just now.
     * @throws DaybookError `not-authenticated` once what they showed works no more
     */
    callerAgain(request: FastifyRequest): Promise<boolean>;
  }
}

/** What a page sends along that asks without anybody doing something. */
const waitingHeader = "daybook-waiting";

/** For how long who is calling counts as made out just now, in milliseconds. */
const justNow = 1_000;

/** Headers of every answer. Pages that show something (the docs) replace the policy by one of their own. */
const headers: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** People who came by https once come by nothing else for a year. Other hosts of the domain are not ours to decide about. */
const onlyHttps = { "strict-transport-security": "max-age=31536000" } as const;

const json: readonly string[] = ["application/json"];

/** The caller of a route that isn't open to everyone. Throws `not-authenticated`. */
export function callerOf({ caller }: FastifyRequest): KnownCaller {
  if (caller === undefined || caller.kind === "nobody") throw new DaybookError("not-authenticated");
  return caller;
}

/** The addresses whose routes are a package's own, and can't name their action themselves: the pages of the docs. */
const docs = { prefix: "/docs", config: { action: "service:read", kinds: [] } } as const;

/** What the guard asks. `limits` undefined: none hold. */
export interface Guarding {
  readonly access: Access;
  readonly limits?: Limits | undefined;
}

/** Puts the guard before every route that is registered after it. */
export function addGuard(app: FastifyInstance, guarding: Guarding): void {
  app.decorateRequest("caller", undefined);
  app.decorateRequest("madeOutAt", 0);
  app.decorateRequest("sessionEnded", undefined);
  app.decorate("callerAgain", (request) => callerAgain(guarding, request));
  const always = app.publicUrl?.protocol === "https:" ? { ...headers, ...onlyHttps } : headers;
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(always).header("x-request-id", request.id);
    done();
  });
  app.addHook("onRoute", (route) => {
    if (route.url.startsWith(docs.prefix)) route.config = { ...docs.config, ...route.config };
    const { action, kinds = json } = route.config ?? {};
    if (action === undefined)
      throw new Error(`the route ${String(route.method)} ${route.url} names no action`);
    route.onRequest = [guardOf(guarding, action, kinds), ...listed(route.onRequest)] as never;
    // the body may come a minute after the headers
    if (needOf(action) !== "nothing")
      route.preHandler = [
        // most bodies come at once: those wait for nothing
        (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction) => {
          const demand = (): void => demandFresh(guarding, request, action);
          if (!isMadeOutNow(request)) {
            app
              .callerAgain(request)
              .then(demand)
              .then(() => done(), done);
            return;
          }
          demand();
          done();
        },
        ...listed(route.preHandler),
      ] as never;
  });
}

/** With the body at hand: where a page asks who it is, it goes on with what was sent. */
function demandFresh({ access }: Guarding, { caller }: FastifyRequest, action: Action): void {
  const { fresh, where } = actions[action];
  if (fresh && where === "service" && caller !== undefined) access.demand(caller, action);
}

const listed = (hooks: unknown): unknown[] => [hooks ?? []].flat();

/** How much of who is calling a route needs to know. */
function needOf(action: Action): "nothing" | "if-known" | "known" {
  if (action === "service:read" || action === "catalogue:read") return "nothing";
  return actions[action].people.includes("everyone") ? "if-known" : "known";
}

function guardOf(guarding: Guarding, action: Action, kinds: readonly string[]): onRequestAsyncHookHandler {
  const need = needOf(action);
  return async (request, reply) => {
    const { config } = request.routeOptions;
    if (kinds.length > 0 && acceptedKind(request.headers.accept, kinds) === undefined) {
      throw new DaybookError("not-acceptable", {
        detail: `This address answers with ${kinds.join(" or ")}.`,
      });
    }
    if (need === "nothing") return;
    refuseOtherSites(request);
    const isWaiting = config.isWaiting === true || request.headers[waitingHeader] !== undefined;
    const caller = await identify(guarding, request, isWaiting);
    request.caller = caller instanceof DaybookError ? undefined : caller;
    request.sessionEnded = caller instanceof SessionEnded ? caller : undefined;
    request.madeOutAt = performance.now();
    if (caller instanceof DaybookError || caller.kind === "nobody") {
      await guarding.limits?.address(request, reply);
      if (need === "if-known") return;
      throw caller instanceof DaybookError ? caller : new DaybookError("not-authenticated");
    }
    await guarding.limits?.caller(request, reply);
    // what is done in an organization is judged once it is known which
    const { access } = guarding;
    if (actions[action].where === "service" && !access.mayDo(caller, action)) access.demand(caller, action);
  };
}

/** Whether who is calling needs no second look: nobody is, or it was made out just now. */
const isMadeOutNow = ({ caller, madeOutAt }: FastifyRequest): boolean =>
  caller === undefined || caller.kind === "nobody" || performance.now() - madeOutAt < justNow;

async function callerAgain(guarding: Guarding, request: FastifyRequest): Promise<boolean> {
  if (isMadeOutNow(request)) return false;
  const again = await identify(guarding, request, true);
  if (again instanceof DaybookError) throw again;
  request.caller = again;
  request.madeOutAt = performance.now();
  return true;
}

/** Who is calling, or why nobody was let in: a token in the Authorization header, else the cookie of the session. */
async function identify(
  { access }: Guarding,
  request: FastifyRequest,
  isAgain: boolean,
): Promise<Caller | DaybookError> {
  const { authorization } = request.headers;
  const bearer = bearerOf(authorization);
  if (authorization !== undefined && bearer === undefined) return new DaybookError("not-authenticated");
  const { inFrame = false } = request.routeOptions.config;
  const token = bearer ?? (inFrame ? viewerTokenOf(request) : sessionTokenOf(request));
  try {
    const caller = await access.authenticate(token, isAgain);
    // a session is a browser's: it is let in by its cookie alone, where the wall against other sites stands; a personal token is
    // a program's, and no cookie
    const fits =
      bearer === undefined
        ? caller.kind === (inFrame ? "viewer" : "user") && !isByToken(caller)
        : caller.kind !== "user" || isByToken(caller);
    return caller.kind === "nobody" || fits ? caller : new DaybookError("not-authenticated");
  } catch (error) {
    if (!(error instanceof DaybookError) || error.code !== "not-authenticated") throw error;
    return error;
  }
}
