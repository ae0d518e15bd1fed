/** The page of one event: everything that the log has of it and that the reader may see. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { organizationOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { isPart } from "../base/parts.ts";
import { readerOf, zoneSaid } from "../base/reader.ts";
import { page } from "../base/routes.ts";
import type { Exchange, Web } from "../base/web.ts";
import { EventGlance } from "../event-card/event-glance.tsx";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { mayOpenClients, recordersOf } from "../event-card/recorders.ts";
import { typesOf } from "../event-card/types.ts";
import { EventContent } from "./content.tsx";

interface EventPageRoute {
  Params: { id: string };
}

/** The index of the first row to show, from the query; anything else shows the first page. */
function fromOf({ query }: FastifyRequest): number {
  const { from } = query as { readonly from?: unknown };
  return typeof from === "string" && /^[1-9]\d{0,4}$/.test(from) ? Number(from) - 1 : 0;
}

export function addEvent(app: FastifyInstance, web: Web): void {
  app.get<EventPageRoute>(paths.event.route, page("events:read"), async (request, reply) => {
    const organization = await organizationOf(request, web.services);
    const { id } = request.params;
    if (isPart(request, "glance")) return sendGlance(web, [request, reply], { organization, id });
    const [event, beside] = await Promise.all([
      web.services.search.event(organization, id),
      web.services.search.neighbours(organization, { id }),
    ]);
    const typeOf = await typesOf(web.services, [event, ...beside.related]);
    const recorderOf = await recordersOf(web.services, {
      events: [event, ...beside.related],
      typeOf,
      rowScope: organization.view.rowScope,
      mayOpen: mayOpenClients(web, request, organization),
    });
    const reader = readerOf(request);
    const now = Date.now();
    return web.send(request, reply, {
      title: "Event",
      organization,
      section: "activity",
      hasTimes: true,
      content: (
        <EventContent
          event={event}
          typeOf={typeOf}
          recorderOf={recorderOf}
          zone={reader.zone}
          zoneSaid={zoneSaid(reader, Number(occurredAtOf(event) / 1000n))}
          now={now}
          beside={beside}
          from={fromOf(request)}
          inFrame={request.framing !== undefined}
        />
      ),
    });
  });
}

interface OneEvent {
  readonly organization: RequestOrganization;
  readonly id: string;
}

/** What the script of a list shows below the row of an event. */
async function sendGlance(
  web: Web,
  [request, reply]: Exchange,
  { organization, id }: OneEvent,
): Promise<FastifyReply> {
  const event = await web.services.search.event(organization, id);
  const typeOf = await typesOf(web.services, [event]);
  const recorderOf = await recordersOf(web.services, {
    events: [event],
    typeOf,
    rowScope: organization.view.rowScope,
    mayOpen: mayOpenClients(web, request, organization),
  });
  const { zone } = readerOf(request);
  const props = { event, type: typeOf(event), recorder: recorderOf(event), zone };
  return web.sendPart(request, reply, <EventGlance {...props} />);
}
