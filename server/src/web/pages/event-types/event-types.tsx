/** The event types of the catalogue, for everybody to read: all of them, and each on a page of its own. */
import { eventType, eventTypes } from "daybook/catalogue";
import { DaybookError } from "daybook/error";
import type { FastifyInstance } from "fastify";
import { page } from "../../routes.ts";
import type { Web } from "../../web.ts";
import { AllTypes, eventTypesPath, OneType } from "./content.tsx";

// open to everybody, as signing in is: the catalogue's own action would not ask who looks, and their header would be missing
const open = page("sign-in");

export function addEventTypes(app: FastifyInstance, web: Web): void {
  app.get(eventTypesPath, open, async (request, reply) =>
    web.send(request, reply, { title: "Event types", content: <AllTypes types={eventTypes} /> }),
  );

  app.get(`${eventTypesPath}/:name`, open, async (request, reply) => {
    const { name } = request.params as { name: string };
    const type = eventType(name);
    if (type === undefined) throw new DaybookError("event-type-not-found");
    return web.send(request, reply, { title: type.title, content: <OneType type={type} /> });
  });
}
