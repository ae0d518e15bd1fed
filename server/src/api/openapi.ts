/**
 * The OpenAPI 3.1 document, generated from the routes' schemas and the catalogue, and the pages that show it. They load nothing from other
 * hosts.
 */
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import { eventTypes } from "daybook/catalogue";
import type { FastifyInstance } from "fastify";
import { baseOf, sendJson } from "../http/index.ts";
import { paths } from "../paths.ts";
import { namedShapes } from "./schemas/shapes.ts";

const info = {
  title: "Daybook",
  version: "1",
  description:
    "The audit log for API platforms: record what happened, read it, follow it, download it. Every refusal is a problem document (RFC 9457) with a code, a pointer and a remedy.",
};

/** The groups of operations, in the order of the pages. */
const tags: readonly string[] = [
  "Sign-in",
  "Account",
  "Organizations",
  "Members",
  "Invitations",
  "Teams",
  "API clients",
  "Events",
  "Event types",
  "Viewer sessions",
  "Operators",
  "Service",
];

/** The kinds of credentials. */
const securitySchemes = {
  token: {
    type: "http",
    scheme: "bearer",
    description: "The token of an API client, a person, a viewer session or the operator.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "daybook",
    description: "The session cookie of a signed-in person. Over https, its name is __Host-daybook.",
  },
} as const;

/** What the pages may load: their own files, and inline images. */
const contentPolicy = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

/** Collects the routes' schemas; call it before registering routes. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  for (const shape of namedShapes) app.addSchema(shape);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info,
      // generators and importers of collections take it as it is: a path alone would be the address of nothing
      servers: [{ url: app.publicUrl?.href.replace(/\/+$/, "") ?? "/", description: "This server" }],
      security: [{ token: [] }, { session: [] }],
      tags: tags.map((name) => ({ name })),
      components: {
        securitySchemes,
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, i) =>
        typeof json.$id === "string" ? json.$id : `shape-${i}`,
    },
    transformObject: (document) => {
      if (!("openapiObject" in document)) return {};
      const { openapiObject } = document;
      const schemas = { ...openapiObject.components?.schemas, ...dataShapes() };
      return {
        ...openapiObject,
        components: { ...openapiObject.components, schemas },
      } as typeof openapiObject;
    },
  });
}

/** The `data` of each event type of the catalogue that has one, by the type's name. */
function dataShapes(): Record<string, object> {
  const withData = eventTypes.filter((type) => type.data !== null);
  return Object.fromEntries(
    withData.map(({ name, description, data }) => [
      name,
      { title: `data of ${name}`, description, ...(data as object) },
    ]),
  );
}

/** Serves the document and the pages; call it after registering routes. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  let text: object | undefined;
  app.get(
    "/openapi.json",
    { config: { action: "service:read" }, schema: { hide: true } },
    async (_request, reply) => {
      text ??= app.swagger();
      return sendJson(reply, text);
    },
  );
  await app.register(swaggerUi, {
    routePrefix: paths.documentation.route,
    indexPrefix: baseOf({ server: app }),
    staticCSP: contentPolicy,
    theme: { title: "Daybook API" },
    uiConfig: { layout: "BaseLayout", deepLinking: true, displayRequestDuration: true },
  });
}
