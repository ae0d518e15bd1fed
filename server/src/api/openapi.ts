/**
 * The OpenAPI 3.1 document, generated from the routes' schemas and the catalogue. It is made when it is first asked for, in an application of
 * its own, because loading all of this takes a part of a start.
 */
import type { FastifyDynamicSwaggerOptions } from "@fastify/swagger";
import { eventTypes } from "daybook/catalogue";
import { fastify, type RouteOptions } from "fastify";
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
  "Saved views",
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

/** The routes to describe, and the address in front of their paths. */
export interface DescribedRoutes {
  readonly routes: readonly RouteOptions[];
  readonly publicUrl: URL | undefined;
}

/** The document. */
export async function makeDocument({ routes, publicUrl }: DescribedRoutes): Promise<object> {
  const { default: swagger } = await import("@fastify/swagger");
  const docs = fastify({ logger: false });
  docs.setValidatorCompiler(() => () => true);
  docs.setSerializerCompiler(() => JSON.stringify);
  for (const shape of namedShapes) docs.addSchema(shape);
  await docs.register(swagger, describing(publicUrl));
  for (const { url, method, schema = {} } of routes)
    docs.route({ url, method, schema, handler: () => undefined });
  await docs.ready();
  return docs.swagger();
}

const describing = (publicUrl: URL | undefined): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: "3.1.0",
    info,
    // generators and importers of collections take it as it is: a path alone would be the address of nothing
    servers: [{ url: publicUrl?.href.replace(/\/+$/, "") ?? "/", description: "This server" }],
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
