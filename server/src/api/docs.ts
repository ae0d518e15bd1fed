/** The addresses of the OpenAPI document and its pages, which openapi.ts makes when someone first asks for one. */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, RouteOptions } from "fastify";
import { sendJson } from "../http/index.ts";
import { paths } from "../paths.ts";

/** Collects the routes; call it before registering them, and its result after them. */
export function addOpenApi(app: FastifyInstance): () => void {
  const routes: RouteOptions[] = [];
  app.addHook("onRoute", (route) => {
    const isHead = route.method === "HEAD";
    if (!isHead && (route.schema as { hide?: boolean } | undefined)?.hide !== true) routes.push(route);
  });
  return () => addDocs(app, routes);
}

/** The files of the pages: of the same package, so that they fit into memory. */
const pages = ["", "/", "/json", "/yaml", "/static/*"];

/** How the answers of the document's own application differ from each other; the rest is the same for every answer. */
const ownHeaders = [
  "content-type",
  "content-security-policy",
  "cache-control",
  "etag",
  "last-modified",
  "location",
];

/** Serves the document and the pages. */
function addDocs(app: FastifyInstance, routes: readonly RouteOptions[]): void {
  let opening: Promise<FastifyInstance> | undefined;
  const docs = (): Promise<FastifyInstance> => {
    opening ??= import("./openapi.ts").then(({ openDocs }) => openDocs({ routes, publicUrl: app.publicUrl }));
    return opening;
  };
  const hidden = { schema: { hide: true } };
  app.get("/openapi.json", { config: { action: "service:read" }, ...hidden }, async (_request, reply) =>
    sendJson(reply, (await docs()).swagger()),
  );
  for (const page of pages) {
    const config = { action: "service:read", kinds: [] } as const;
    app.get(paths.documentation.route + page, { config, ...hidden }, async (request, reply) => {
      const known = request.headers["if-none-match"];
      const headers = known === undefined ? {} : { "if-none-match": known };
      const answer = await (await docs()).inject({ method: "GET", url: request.url, headers });
      const { statusCode, rawPayload } = answer;
      if (statusCode >= 400) throw new DaybookError("route-not-found");
      for (const name of ownHeaders)
        if (answer.headers[name] !== undefined) reply.header(name, answer.headers[name]);
      return reply.code(statusCode).send(rawPayload);
    });
  }
}
