/**
 * Calls every route as everyone: members by role, API clients by scope, viewers, operators and anonymous callers, in their own
 * organization, in another and in none, with valid and invalid credentials; and checks what the database returns without the access table.
 */
import type { RouteOptions } from "fastify";
import { beforeAll, describe, expect, test } from "vitest";
import { actions } from "../../server/src/access/actions.ts";
import {
  openServer,
  token as operatorToken,
  type TestServer,
} from "../../server/src/api/testing/open-server.ts";
import { asker } from "./ask.ts";
import {
  type CallerCase,
  type CredentialState,
  callerCases,
  type Headers,
  type Plant,
  planting,
  viewerSessions,
} from "./credentials.ts";
import { type Filled, fill } from "./fill.ts";
import { type Outcome, promised } from "./page.ts";
import { weakerCallers } from "./weaker.ts";
import { withoutFirstWall } from "./without-first-wall.ts";

/** A route in the document, for each of its methods. */
interface MatrixRoute {
  readonly method: string;
  readonly url: string;
  readonly action: string;
  /** Whether it belongs to a page: it then accepts a form. */
  readonly isPage: boolean;
}

const states: readonly CredentialState[] = ["valid", "expired", "revoked", "tampered"];
const places = ["own", "another's", "none"] as const;
type MatrixPlace = (typeof places)[number];
const slugs: Readonly<Record<MatrixPlace, string>> = { own: "acme", "another's": "globex", none: "nowhere" };

let server: TestServer;
let ask: ReturnType<typeof asker>;
let plant: Plant;
let callers: CallerCase[];
let filled: Record<"own" | "another's", Filled>;
const routes: MatrixRoute[] = [];

/** Routes that end the caller's session or membership: they are called last, with a session of their own. */
const endsAccess = /sign-out|\/leave$/;

beforeAll(async () => {
  server = await openServer({}, { api: { onRoute: (route) => void routes.push(...routesOf(route)) } });
  ask = asker(server.url);
  const planted = await planting(server.databaseUrl);
  plant = planted.plant;
  filled = { own: await fill(server, "acme"), "another's": await fill(server, "globex") };
  callers = callerCases({ server, plant, own: "acme", operatorToken });
  return () => planted.end();
});

function routesOf({ method, url, config }: RouteOptions): MatrixRoute[] {
  const { action = "", kinds = [] } = (config ?? {}) as { action?: string; kinds?: readonly string[] };
  const isPage = kinds.includes("text/html");
  // the docs' own files and the refusals of other methods are open to everyone, and change nothing
  if (action === "service:read") return [];
  // HEAD uses the guard of its GET, and its response has no code that distinguishes 404s
  return [method].flat().flatMap((each) => (each === "HEAD" ? [] : [{ method: each, url, action, isPage }]));
}

/** Routes whose own check is stricter than their action: another person's membership. */
const actionOf = ({ method, url, action }: MatrixRoute): string =>
  method === "DELETE" && url.endsWith("/members/:user") && !url.includes("/teams/")
    ? "members:remove"
    : action;

/** Pages of a viewer session, which no person's session opens. */
const isInFrame = ({ url }: MatrixRoute): boolean => url.startsWith("/view/:session/");

/** An address of the route with ids that don't exist, except for the organization and the viewer of a frame. */
const addressOf = ({ url }: MatrixRoute, place: MatrixPlace, { authorization }: Headers): string => {
  const session = viewerSessions.get(authorization) ?? "x-nothing";
  const named = url.replace(":org", slugs[place]).replace(":session", session);
  const path = named.replaceAll(/:\w+/g, "x-nothing");
  return url.endsWith("/follow") ? `${path}?wait=0` : path;
};

/** Bodies and keys that no route accepts: a caller with access gets an error for them, and nothing happens. */
function requestOf(route: MatrixRoute, place: MatrixPlace): { body: unknown; headers: Headers } {
  if (route.method === "GET" || route.method === "DELETE") {
    return { body: undefined, headers: {} };
  }
  const key = { "idempotency-key": "not a key" };
  if (route.isPage) return { body: "", headers: { ...key, "content-type": formType } };
  const body = route.url === "/v1/viewer-sessions" ? { ...viewerBody, organization: slugs[place] } : {};
  return { body, headers: key };
}
const formType = "application/x-www-form-urlencoded";
const viewerBody = { role: "CONSUMER", minutes: 0, viewer: { id: "u_9" } };

/** Compression of pages takes longer than the rest of the request. */
const uncompressed = { "accept-encoding": "identity" };

const denials: ReadonlySet<string> = new Set([
  "not-authenticated",
  "not-allowed",
  "organization-not-found",
  "reauthentication-needed",
]);

async function outcomeOf(route: MatrixRoute, place: MatrixPlace, credentials: Headers): Promise<Outcome> {
  const { body, headers } = requestOf(route, place);
  const none = { authorization: "" };
  const sent = Object.keys(credentials).length === 0 ? none : credentials;
  const { status, text } = await ask({
    method: route.method,
    path: addressOf(route, place, credentials),
    body,
    headers: { ...uncompressed, ...headers, ...sent },
  });
  if (status >= 500) throw new Error(`${route.method} ${route.url}: ${text}`);
  const code =
    status >= 400 && text.startsWith("{") ? (JSON.parse(text).code as string | undefined) : undefined;
  // a route that is open to everyone can still be off, such as a provider that isn't configured
  if (code === "not-allowed" && route.action === "sign-in") return "let in";
  return code !== undefined && denials.has(code) ? (code as Outcome) : "let in";
}

/** Runs at most that many simultaneously. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<void>, atOnce = 8): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** The requests of one caller with credentials in one state. */
interface Turn {
  readonly caller: CallerCase;
  readonly state: CredentialState;
  /** Whether this caller calls the route with this number. */
  readonly calls: (routeAt: number) => boolean;
}

/**
 * Every caller calls every route with valid credentials. With other credentials, callers of a kind share the routes, so that each route
 * gets each kind of credential in each state; with ACCESS=all every caller calls every route (`npm run access`).
 */
function* turns(): Generator<Turn> {
  for (const caller of callers) {
    const kin = callers.filter(({ kind, byToken }) => kind === caller.kind && byToken === caller.byToken);
    const share = (routeAt: number): boolean => routeAt % kin.length === kin.indexOf(caller);
    for (const state of states) {
      const callsAll = state === "valid" || process.env.ACCESS === "all";
      yield { caller, state, calls: callsAll ? () => true : share };
    }
  }
}

/** The organizations for which a route is called. */
const placesOf = ({ url }: MatrixRoute): readonly MatrixPlace[] =>
  url.includes(":org") || url === "/v1/viewer-sessions" ? places : ["own"];

test("every route, as everybody, everywhere, with credentials in every state, is answered as docs/access.md promises", async () => {
  const wrong: string[] = [];
  let cases = 0;
  for (const { caller, state, calls } of turns()) {
    const credentials = await caller.credentials(state);
    if (credentials === undefined) continue;
    const requests = routes
      .filter((_, at) => calls(at))
      .flatMap((route) => placesOf(route).map((place) => ({ route, place })));
    const compare = async ({ route, place }: (typeof requests)[number]): Promise<void> => {
      cases++;
      const shown = endsAccess.test(route.url) ? await caller.credentials(state) : credentials;
      const expected = promised({
        action: actionOf(route),
        who: caller,
        works: state === "valid" && !(isInFrame(route) && "cookie" in credentials),
        where: place,
      });
      const found = await outcomeOf(route, place, shown ?? {});
      if (found !== expected)
        wrong.push(
          `${route.method} ${route.url} (${place}) as ${caller.name}, ${state}: ${found}, not ${expected}`,
        );
    };
    // signing out everywhere, or leaving, affects the other calls and sessions
    const [last, first] = [true, false].map((ends) =>
      requests.filter(({ route }) => endsAccess.test(route.url) === ends),
    ) as [typeof requests, typeof requests];
    await each(first, compare);
    await each(last, compare, 1);
  }
  console.info(`${cases} cases: ${routes.length} routes, ${callers.length} callers`);
  expect(wrong).toEqual([]);
  expect(cases).toBeGreaterThan(14_000);
}, 1_800_000);

test("credentials that stand for less than they seem to do no action that they shouldn't", async () => {
  // pages lead to a page that asks to confirm the identity
  const once = new Map(routes.filter(({ isPage }) => !isPage).map((route) => [actionOf(route), route]));
  const wrong: string[] = [];
  let requests = 0;
  let again = 0;
  for (const caller of weakerCallers({ server, plant, own: "acme", operatorToken })) {
    const credentials = await caller.credentials();
    await each([...once], async ([action, route]) => {
      if (endsAccess.test(route.url) && caller.as !== undefined) return;
      const who = caller.as ?? { name: caller.name, kind: "nobody", roles: [] };
      const may = promised({ action, who, works: caller.as !== undefined, where: "own" });
      const isFresh = may === "let in" && actions[action as keyof typeof actions].fresh === true;
      const expected = isFresh ? "reauthentication-needed" : may;
      const found = await outcomeOf(route, "own", credentials);
      requests++;
      if (isFresh) again++;
      if (found !== expected)
        wrong.push(`${route.method} ${route.url} as ${caller.name}: ${found}, not ${expected}`);
    });
  }
  expect(wrong).toEqual([]);
  expect([requests > 250, again > 8]).toEqual([true, true]);
}, 300_000);

describe("with the first wall removed", () => {
  test("the database lets nothing of another organization through to any reading", async () => {
    const open = await withoutFirstWall(server);
    const reading = routes.filter(({ method, url }) => method === "GET" && url.includes(":org"));
    const leaks: string[] = [];
    let cases = 0;
    let own = 0;
    try {
      for (const caller of callers) {
        if (caller.kind === "operator" || caller.kind === "operator token" || caller.kind === "nobody")
          continue;
        const credentials = (await caller.credentials("valid")) ?? {};
        for (const route of reading) {
          for (const path of pathsOf(route, filled["another's"], credentials)) {
            cases++;
            const { text } = await open.call(path, { ...uncompressed, ...credentials });
            for (const mark of filled["another's"].marks) {
              if (text.includes(mark)) leaks.push(`GET ${route.url} as ${caller.name} shows ${mark}`);
            }
          }
          if (caller.roles.length > 0) own += (await answerOf(open, route, credentials)) ? 1 : 0;
        }
      }
    } finally {
      await open.close();
    }
    console.info(`${cases} cases: ${reading.length} readings; ${own} times one's own was seen`);
    expect(leaks).toEqual([]);
    // the requested thing exists, and its owner sees it
    expect(own).toBeGreaterThan(100);
  }, 600_000);

  async function answerOf(
    open: Awaited<ReturnType<typeof withoutFirstWall>>,
    route: MatrixRoute,
    credentials: Headers,
  ): Promise<boolean> {
    for (const path of pathsOf(route, filled.own, credentials)) {
      const { text } = await open.call(path, { ...uncompressed, ...credentials });
      if (filled.own.marks.some((mark) => text.includes(mark))) return true;
    }
    return false;
  }
});

/** Addresses of a route for existing things, with the organization by slug and by id. */
function pathsOf({ url }: MatrixRoute, { organization, ids }: Filled, { authorization }: Headers): string[] {
  return [organization.slug, organization.id].map((org) => {
    const path = url
      .replace(":org", org)
      .replace(":session", viewerSessions.get(authorization) ?? "x")
      .replace(
        /:(\w+)/g,
        (_, name: string) => ids[name === "id" && url.includes("api-clients") ? "client" : name] ?? "x",
      );
    return url.endsWith("/follow") ? `${path}?wait=0` : path;
  });
}
