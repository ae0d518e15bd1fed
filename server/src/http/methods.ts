/** 405 with `Allow` (RFC 9110 section 15.5.6) for every address that exists, and 404 for those that don't. */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, HTTPMethods } from "fastify";

const known: readonly HTTPMethods[] = [
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "TRACE",
  "QUERY",
];

/**
 * Refuses, on each address that is registered before and after, the methods that it doesn't have. Call it before the routes; call its
 * result after them.
 */
export function addMethods(app: FastifyInstance): () => void {
  const methods = new Map<string, Set<HTTPMethods>>();
  const add = (url: string, method: HTTPMethods | HTTPMethods[]): void => {
    const taken = methods.get(url) ?? new Set();
    for (const each of [method].flat()) taken.add(each);
    methods.set(url, taken);
  };
  app.addHook("onRoute", ({ url, method, prefix, routePath }) => {
    add(url, method);
    // Fastify registers the first route of a plug-in with a slash too, and has no hook for that
    if (prefix !== "" && routePath === "") add(`${url}/`, method);
  });
  return () => {
    for (const [url, taken] of [...methods]) {
      const takes = (method: HTTPMethods): boolean => taken.has(method);
      const method = known.filter((each) => !takes(each));
      if (method.length > 0) refuse(app, { url, method, allow: known.filter(takes).join(", ") });
    }
  };
}

function refuse(
  app: FastifyInstance,
  { url, method, allow }: { url: string; method: HTTPMethods[]; allow: string },
): void {
  app.route({
    url,
    method,
    config: { action: "service:read", kinds: [] },
    schema: { hide: true },
    // before the body is read, which doesn't matter here
    onRequest: (_request, reply, done) => {
      reply.header("allow", allow);
      done(new DaybookError("method-not-allowed", { detail: `This address takes ${allow}.` }));
    },
    handler: () => undefined,
  });
}
