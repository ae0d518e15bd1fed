/**
 * The page of a person, who can be a member, someone who was one, or a user of another system whom only events name. Readers who see the log
 * see what it has of them; members and teams are for those who may read these.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import { callerOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { keptReference, readEventsQuery } from "../../search/index.ts";
import { readerOf } from "../base/reader.ts";
import { page } from "../base/routes.ts";
import { paramOf, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { mayOpenClients, recordersOf } from "../event-card/recorders.ts";
import { typesOf } from "../event-card/types.ts";
import { PersonContent } from "./content.tsx";
import { knownPerson } from "./known.ts";

export function addPerson(app: FastifyInstance, web: Web): void {
  app.get(paths.person.route, page("events:read"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { organization } = visible;
    const person = await knownPerson(web, visible, knownId(paramOf(request, "user")));
    const events = [person.did, person.undergone, person.reported].flatMap((newest) => newest.events);
    const typeOf = await typesOf(web.services, events);
    const recorderOf = await recordersOf(web.services, {
      events,
      typeOf,
      rowScope: organization.view.rowScope,
      mayOpen: mayOpenClients(web, request, organization),
    });
    const caller = callerOf(request);
    return web.send(request, reply, {
      title: "Person",
      organization,
      section: person.seesMembers ? "members" : "activity",
      hasTimes: true,
      content: (
        <PersonContent
          {...{ person, visible, typeOf, recorderOf }}
          zone={readerOf(request).zone}
          isSelf={caller.kind === "user" && caller.user.id === person.id}
        />
      ),
    });
  });
}

/** As events have it. Throws `route-not-found` for an id that no actor can have. */
function knownId(id: string): string {
  const key = keptReference(`user:${id}`);
  if (readEventsQuery(new Map([["actor", [key]]])).issues.length > 0)
    throw new DaybookError("route-not-found");
  return key.slice("user:".length);
}
