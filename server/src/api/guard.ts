/**
 * What happens before every route: headers of the answer, who is calling, may they do what the route names, can they take
 * what it answers. A route that names no action can't be registered.
 */
import { DaybookError } from "daybook/error";
import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from "fastify";
import { type Access, type Action, actions, type Caller } from "../access/index.ts";
import { acceptedKind, bearerOf } from "./request-facts.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What the route does, in the words of the access table. */
    action?: Action;
    /** The media types that the route can answer with, the usual one first; application/json if absent, empty: any. */
    kinds?: readonly string[];
  }
  interface FastifyRequest {
    /** Who is calling; on routes that are open to everyone it is not asked. */
    caller: Caller | undefined;
  }
}

/** Headers of every answer. Pages that show something (the docs) replace the policy by one of their own. */
const headers: Readonly<Record<string, string>> = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

const json: readonly string[] = ["application/json"];

/** The caller of a route that isn't open to everyone. */
export function callerOf(
  request: FastifyRequest,
): Caller & { recordedBy: NonNullable<Caller["recordedBy"]> } {
  const { caller } = request;
  if (caller?.recordedBy === undefined) throw new DaybookError("not-authenticated");
  return caller as Caller & { recordedBy: NonNullable<Caller["recordedBy"]> };
}

/** The addresses whose routes are a package's own, and can't name their action themselves: the pages of the docs. */
const docs = { prefix: "/docs", config: { action: "service:read", kinds: [] } } as const;

/** Puts the guard before every route that is registered after it. */
export function addGuard(app: FastifyInstance, access: Access): void {
  app.decorateRequest("caller", undefined);
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(headers).header("x-request-id", request.id);
    done();
  });
  app.addHook("onRoute", (route) => {
    if (route.url.startsWith(docs.prefix)) route.config = { ...docs.config, ...route.config };
    const { action, kinds = json } = route.config ?? {};
    if (action === undefined)
      throw new Error(`the route ${String(route.method)} ${route.url} names no action`);
    route.onRequest = [guardOf(access, action, kinds), ...listed(route.onRequest)];
  });
}

type Hooks = onRequestHookHandler | onRequestHookHandler[] | undefined;

const listed = (hooks: unknown): onRequestHookHandler[] => [(hooks ?? []) as NonNullable<Hooks>].flat();

function guardOf(access: Access, action: Action, kinds: readonly string[]): onRequestHookHandler {
  const isOpen = actions[action].includes("nobody");
  return (request: FastifyRequest, _reply: unknown, done: (error?: Error) => void): void => {
    const { accept, authorization } = request.headers;
    if (kinds.length > 0 && acceptedKind(accept, kinds) === undefined) {
      done(
        new DaybookError("not-acceptable", { detail: `This address answers with ${kinds.join(" or ")}.` }),
      );
      return;
    }
    if (isOpen) {
      done();
      return;
    }
    const admit = (caller: Caller): void => {
      access.demand(caller, action);
      request.caller = caller;
    };
    try {
      const caller = access.authenticate(bearerOf(authorization));
      if (caller instanceof Promise) {
        caller.then(admit).then(() => done(), done);
        return;
      }
      admit(caller);
    } catch (error) {
      done(error as Error);
      return;
    }
    done();
  };
}
