/**
 * The checks before every route: response headers, origin of the request, caller, limits, permission, accepted media types. A route without
 * an action can't be registered.
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
import { closeUnlessRead } from "./closing.ts";
import { refuseOtherSites, sessionTokenOf, viewerTokenOf } from "./cookies.ts";
import type { Limits } from "./limits.ts";
import { acceptedKind, bearerOf } from "./request-facts.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route's action in the access table. */
    action?: Action;
    /** The media types of the route's responses, the usual one first; default application/json; empty for any. */
    kinds?: readonly string[];
    /** Whether it is a page of a viewer session: only the session's cookie gives access, not a person's. */
    inFrame?: boolean;
    /** Whether a GET is recorded as an act of the caller: then another site's page can't cause it. */
    records?: boolean;
    /** Whether the caller only waits for something: that doesn't extend a session. */
    isWaiting?: boolean;
  }
  interface FastifyRequest {
    /** The caller; undefined on routes about the service itself, which don't authenticate. */
    caller: Caller | undefined;
    /** When the caller was authenticated, by `performance.now()`. */
    madeOutAt: number;
    /** Why the session token of the request is no longer valid. */
    sessionEnded: SessionEnded | undefined;
  }
  interface FastifyInstance {
    /**
     * Authenticates the caller again if that was some time ago: for requests that wait or continue, such as a slow body. Returns false if
     * it was recent.
     * @throws DaybookError `not-authenticated` if the credentials no longer work
     */
    callerAgain(request: FastifyRequest): Promise<boolean>;
  }
}

/** The header of requests that a page sends without a person's action. */
const waitingHeader = "daybook-waiting";

/** How long an authentication counts as recent, in milliseconds. */
const justNow = 1_000;

/** Headers of every response. HTML pages (the docs) replace the policy with their own. */
const headers: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** After one visit over https, browsers use only https for a year. Other hosts of the domain are not affected. */
const onlyHttps = { "strict-transport-security": "max-age=31536000" } as const;

const json: readonly string[] = ["application/json"];

/** The caller of a route that isn't open to everyone. Throws `not-authenticated`. */
export function callerOf({ caller }: FastifyRequest): KnownCaller {
  if (caller === undefined || caller.kind === "nobody") throw new DaybookError("not-authenticated");
  return caller;
}

/** The inputs of the guard. If `limits` is undefined, there are none. */
export interface Guarding {
  readonly access: Access;
  readonly limits?: Limits | undefined;
}

/** RFC 9112, 3.2 */
const withoutHost = (): DaybookError =>
  new DaybookError("request-unreadable", {
    detail: "The request has no Host header.",
    remedy: "Send a Host header, which HTTP/1.1 requires.",
  });

/** Adds the guard before every route that is registered after it. */
export function addGuard(app: FastifyInstance, guarding: Guarding): void {
  app.decorateRequest("caller", undefined);
  app.decorateRequest("madeOutAt", 0);
  app.decorateRequest("sessionEnded", undefined);
  app.decorate("callerAgain", (request) => callerAgain(guarding, request));
  const always = app.publicUrl?.protocol === "https:" ? { ...headers, ...onlyHttps } : headers;
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(always).header("x-request-id", request.id);
    // nothing reads the body of these
    if (request.method === "GET" || request.method === "HEAD") closeUnlessRead(request, reply);
    if (request.headers.host !== undefined || request.raw.httpVersion !== "1.1") done();
    else {
      reply.header("connection", "close");
      done(withoutHost());
    }
  });
  app.addHook("onRoute", (route) => {
    const { action, kinds = json } = route.config ?? {};
    if (action === undefined)
      throw new Error(`the route ${String(route.method)} ${route.url} names no action`);
    route.onRequest = [guardOf(guarding, action, kinds), ...listed(route.onRequest)] as never;
    // the body can come a minute after the headers
    if (needOf(action) !== "nothing")
      route.preHandler = [
        // most bodies arrive immediately, and need no second check
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

/** With the body available: if a page asks the person to confirm their identity, it continues with the body. */
function demandFresh({ access }: Guarding, { caller }: FastifyRequest, action: Action): void {
  const { fresh, where } = actions[action];
  if (fresh && where === "service" && caller !== undefined) access.demand(caller, action);
}

const listed = (hooks: unknown): unknown[] => [hooks ?? []].flat();

/** How much a route needs to know about the caller. */
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
    // an action in an organization is judged when the organization is known
    const { access } = guarding;
    if (actions[action].where === "service" && !access.mayDo(caller, action)) access.demand(caller, action);
  };
}

/** Whether the caller needs no second check: anonymous, or authenticated recently. */
export const isMadeOutNow = ({ caller, madeOutAt }: FastifyRequest): boolean =>
  caller === undefined || caller.kind === "nobody" || performance.now() - madeOutAt < justNow;

async function callerAgain(guarding: Guarding, request: FastifyRequest): Promise<boolean> {
  if (isMadeOutNow(request)) return false;
  const again = await identify(guarding, request, true);
  if (again instanceof DaybookError) throw again;
  request.caller = again;
  request.madeOutAt = performance.now();
  return true;
}

/** The caller, or why the request is refused: from a token in the Authorization header, else from the session cookie. */
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
    // a session belongs to a browser, and works only as a cookie, which the protection against other sites covers; a personal token belongs
    // to a program, and doesn't work as a cookie
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
