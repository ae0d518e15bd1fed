/** The API reference: the operations by group, and a page for each of them, all from the OpenAPI document. */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import { paths } from "../../paths.ts";
import { page } from "../base/routes.ts";
import { paramOf } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { type ApiDocument, operationsOf } from "./document.ts";
import { OneOperation } from "./operation.tsx";
import { Overview } from "./overview.tsx";

// open to everyone, like the document; people who are signed in have their header
const open = page("sign-in");

export function addDocumentation(app: FastifyInstance, web: Web): void {
  const read = async (): Promise<ApiDocument> => (await app.openApi()) as ApiDocument;

  app.get(paths.documentation.route, open, async (request, reply) =>
    web.send(request, reply, { title: "API reference", content: <Overview document={await read()} /> }),
  );

  app.get(paths.operation.route, open, async (request, reply) => {
    const document = await read();
    const id = paramOf(request, "operation");
    const operation = operationsOf(document).find(({ operationId }) => operationId === id);
    if (operation === undefined) throw new DaybookError("route-not-found");
    return web.send(request, reply, {
      title: operation.summary,
      content: <OneOperation operation={operation} document={document} />,
    });
  });
}
