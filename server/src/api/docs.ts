/** The address of the OpenAPI document, which openapi.ts makes when someone first asks for it or for a page that shows it. */
import type { FastifyInstance, RouteOptions } from "fastify";
import { sendJson } from "../http/index.ts";

/** Collects the routes; call it before registering them, and its result after them. */
export function addOpenApi(app: FastifyInstance): () => void {
  const routes: RouteOptions[] = [];
  app.addHook("onRoute", (route) => {
    const isHead = route.method === "HEAD";
    if (!isHead && (route.schema as { hide?: boolean } | undefined)?.hide !== true) routes.push(route);
  });
  return () => addDocs(app, routes);
}

/** Serves the document, and gives it to the pages that show it. */
function addDocs(app: FastifyInstance, routes: readonly RouteOptions[]): void {
  let making: Promise<object> | undefined;
  const document = (): Promise<object> => {
    making ??= import("./openapi.ts").then(({ makeDocument }) =>
      makeDocument({ routes, publicUrl: app.publicUrl }),
    );
    return making;
  };
  app.decorate("openApi", document);
  const config = { action: "service:read" } as const;
  app.get("/openapi.json", { config, schema: { hide: true } }, async (_request, reply) =>
    sendJson(reply, await document()),
  );
}
