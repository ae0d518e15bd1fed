/**
 * 405 with `Allow` (RFC 9110 section 15.5.6) for every address that exists, and 404 for those that don't. Only an address that no route
 * takes is looked up: a route for each method that an address doesn't have would be two thirds of all routes, and of the time to add them.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply } from "fastify";

const known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"];

/** An address that routes have, and the methods that they take. */
interface RoutedAddress {
  readonly url: string;
  /** Matches the paths of the address. */
  readonly paths: RegExp;
  readonly methods: ReadonlySet<string>;
}

const addressOf = (url: string, methods: ReadonlySet<string>): RoutedAddress => ({
  url,
  methods,
  paths: new RegExp(
    `^${url
      .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
      .replace(/:[^/]+/g, "[^/]+")
      .replace("*", ".*")}$`,
  ),
});

/** The order in which the router tries addresses: a segment's own text before any text. */
const rank = ({ url }: RoutedAddress): string => url.replace(/:[^/]+/g, "\u{fffe}").replace("*", "\u{ffff}");

/** Throws Error if the route of another address would answer for a method that one of them doesn't take. */
function demandOwn(addresses: readonly RoutedAddress[]): void {
  for (const { url, methods } of addresses) {
    const other = addresses.find(
      (each) =>
        each.url !== url && each.paths.test(url) && ![...each.methods].every((one) => methods.has(one)),
    );
    if (other !== undefined) throw new Error(`the route ${other.url} would answer for ${url}`);
  }
}

/**
 * Refuses, on each address that is registered before and after, the methods that it doesn't have. Call it before the routes; call its
 * result after them.
 */
export function addMethods(app: FastifyInstance): () => void {
  const methods = new Map<string, Set<string>>();
  const add = (url: string, method: string | string[]): void => {
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
    const addresses = [...methods]
      .map(([url, taken]) => addressOf(url, taken))
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    demandOwn(addresses);
    // before the body is read, which doesn't matter here
    app.addHook("onRequest", (request, reply, done) => {
      done(request.is404 ? refusal(addresses, request.url, reply) : undefined);
    });
  };
}

/** Why the path can't be asked for in this way, if it is an address. */
function refusal(
  addresses: readonly RoutedAddress[],
  url: string,
  reply: FastifyReply,
): DaybookError | undefined {
  const path = decoded(url.split(/[?#]/, 1)[0]!);
  const address = addresses.find(({ paths }) => paths.test(path));
  if (address === undefined) return undefined;
  const allow = known.filter((each) => address.methods.has(each)).join(", ");
  reply.header("allow", allow);
  return new DaybookError("method-not-allowed", { detail: `This address takes ${allow}.` });
}

/** As the router reads it. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
