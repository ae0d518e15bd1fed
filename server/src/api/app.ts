/** Builds the HTTP server: rules for every request, then the resources. */
import { DaybookError, limits as eventLimits } from "daybook/internal";
import { type FastifyInstance, fastify } from "fastify";
import type { Pages } from "../http/index.ts";
import {
  addAccessLog,
  addBodies,
  addGuard,
  addInFlight,
  addMethods,
  addMetrics,
  addProxyWatch,
  BodyRoom,
  baseOf,
  closeUnlessRead,
  daybookErrorOf,
  logFailure,
  openLimits,
  refuseConnection,
  requestIdOf,
  sendProblem,
} from "../http/index.ts";
import type { RequestServices } from "../services.ts";
import { addOpenApi } from "./docs.ts";
import type { ApiOptions } from "./options.ts";
import { addAccount } from "./routes/account.ts";
import { addApiClients } from "./routes/api-clients.ts";
import { addAuditLog } from "./routes/audit-log.ts";
import { addEventTypes } from "./routes/event-types.ts";
import { addEvents } from "./routes/events.ts";
import { addFollow } from "./routes/follow.ts";
import { addInvitations } from "./routes/invitations.ts";
import { addMembers } from "./routes/members.ts";
import { addOpenId } from "./routes/openid.ts";
import { addOperatorToken } from "./routes/operator-token.ts";
import { addOperators } from "./routes/operators.ts";
import { addOrganizations } from "./routes/organizations.ts";
import { addPersonalTokens } from "./routes/personal-tokens.ts";
import { addSavedViews } from "./routes/saved-views.ts";
import { addSecondFactor } from "./routes/second-factor.ts";
import { addService } from "./routes/service.ts";
import { addSettings } from "./routes/settings.ts";
import { addSignIn } from "./routes/sign-in.ts";
import { addSuggestions } from "./routes/suggestions.ts";
import { addTeams } from "./routes/teams.ts";
import { addViewerSessions } from "./routes/viewer-sessions.ts";

/** Time limits of the server, in milliseconds: they let a slow client hold a connection, but not without end. */
const timeouts = { connectionTimeout: 120_000, requestTimeout: 60_000, keepAliveTimeout: 65_000 };
const headersTimeout = 20_000;
/** How often Node looks for requests that take too long, in milliseconds. */
const connectionsCheckingInterval = 5_000;
const maxHeaderSize = 16 * 1024;
/** Node's own response to a request without Host is no problem document, so the guard requires it. */
const nodeOptions = { headersTimeout, maxHeaderSize, connectionsCheckingInterval, requireHostHeader: false };
/** The maximum length of names in paths; no organization, event or type has a longer one. */
const maxParamLength = 512;

/** Builds the server without listening. Closing it ends follows, and waits for responses in progress. */
export async function buildApp(
  services: RequestServices,
  options: ApiOptions = {},
): Promise<FastifyInstance> {
  const { access, explain, logger } = services;
  const { pages, onRoute } = options;
  const refuse: Pages["refuse"] = async (request, reply, error) => {
    closeUnlessRead(request, reply);
    return pages?.wanted(request) ? pages.refuse(request, reply, error) : sendProblem(reply, error);
  };
  const app = fastify({
    logger: false,
    genReqId: requestIdOf,
    trustProxy: (_address, hop) => hop < (options.trustedProxies ?? 0),
    bodyLimit: eventLimits.batchBytes,
    routerOptions: { maxParamLength },
    return503OnClosing: false,
    forceCloseConnections: "idle",
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, baseOf({ server: app })),
    frameworkErrors: (error, request, reply) => {
      void refuse(request, reply, daybookErrorOf(error, explain));
    },
    http: nodeOptions,
    ...timeouts,
  });
  // Requests have readers of their own, and responses are written as they are: no schema converts or drops values.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler((thrown, request, reply) => {
    const error = daybookErrorOf(thrown, explain, request);
    metrics.refused(error);
    logFailure(logger, request, error);
    return refuse(request, reply, error);
  });
  app.setNotFoundHandler((request, reply) => refuse(request, reply, new DaybookError("route-not-found")));

  const follows = new Set<AbortController>();
  addInFlight(app, { ...options.times, logger, refuse });
  endWithApp(app, follows);
  // Node would answer 417 without a body; RFC 9110, 10.1.1, allows ignoring an unknown expectation
  app.server.on("checkExpectation", (request, answer) => app.server.emit("request", request, answer));
  addAccessLog(app, logger);
  const bodyRoom = new BodyRoom(options.bodyBytes);
  const metrics = addMetrics(app, services, bodyRoom);
  const refuseOtherMethods = addMethods(app);
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl);
  app.decorate("publicUrl", publicUrl);
  addProxyWatch(app, { logger, publicUrl, trustedProxies: options.trustedProxies ?? 0 });
  const limits = options.limits && (await openLimits(app, options.limits));
  addGuard(app, { access, limits });
  if (onRoute !== undefined) app.addHook("onRoute", (route) => onRoute(route));
  addBodies(app, bodyRoom);
  const addDocs = addOpenApi(app);
  addService(app, services, { metrics, limits });
  addOrganizationParts(app, services);
  addEvents(app, services, metrics);
  addFollow(app, services, { ...options, follows });
  addAuditLog(app, services);
  addEventTypes(app, services);
  addSignIn(app, services);
  addOpenId(app, services);
  addAccount(app, services);
  addSecondFactor(app, services);
  addPersonalTokens(app, services);
  addOperators(app, services);
  addOperatorToken(app, services);
  addViewerSessions(app, services);
  addDocs();
  await pages?.add(app, services);
  await app.after();
  refuseOtherMethods();
  await app.ready();
  return app;
}

/** What an organization has besides events. */
function addOrganizationParts(app: FastifyInstance, services: RequestServices): void {
  addOrganizations(app, services);
  addSettings(app, services);
  addMembers(app, services);
  addInvitations(app, services);
  addTeams(app, services);
  addApiClients(app, services);
  addSavedViews(app, services);
  addSuggestions(app, services);
}

/** After closing has begun, follows end, and new requests on open connections are refused. */
function endWithApp(app: FastifyInstance, follows: ReadonlySet<AbortController>): void {
  let closing = false;
  app.addHook("preClose", (done) => {
    closing = true;
    for (const follow of follows) follow.abort();
    done();
  });
  app.addHook("onRequest", (_request, _reply, done) => {
    done(closing ? new DaybookError("shutting-down", { retryAfter: 1 }) : undefined);
  });
}
