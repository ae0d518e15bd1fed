/**
 * The log within a host application's page: the page that opens a viewer session and, below its path, the same activity pages that members
 * have, authenticated by the session's cookie.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { paths } from "../../paths.ts";
import { addOrganizationActivity } from "../activity/activity.tsx";
import type { Web } from "../base/web.ts";
import { addEvent } from "../event/event.tsx";
import { framingAsked, framingOf } from "./frame.ts";
import { readLook } from "./look.ts";
import { cssOf } from "./look-css.ts";
import { addOpening } from "./open.tsx";

export function addView(app: FastifyInstance, web: Web): void {
  app.register(async (opening) => {
    opening.addHook("onRequest", async (request) => {
      request.framing = framingAsked(request);
    });
    addOpening(opening, web);
  });
  const config = { action: "service:read", kinds: [] } as const;
  app.get(paths.viewStyle.route, { config, schema: { hide: true } }, async (request, reply) =>
    reply
      .header("content-type", "text/css; charset=utf-8")
      .header("cache-control", "public, max-age=3600")
      .send(cssOf(readLook(request.query as Record<string, unknown>))),
  );
  app.register(
    async (pages) => {
      pages.addHook("onRoute", (route) => {
        route.config = { ...route.config, inFrame: true };
      });
      pages.addHook("onRequest", async (request) => {
        request.framing = framingOf(request);
      });
      pages.addHook("preHandler", async (request) => {
        if (!isItsOwn(request)) throw new DaybookError("not-authenticated");
      });
      addOrganizationActivity(pages, web);
      addEvent(pages, web);
    },
    { prefix: paths.viewSession.route },
  );
}

/** Whether the address belongs to the session of the cookie; browsers send the cookie to no other one. */
const isItsOwn = ({ caller, params }: FastifyRequest): boolean =>
  caller?.kind !== "viewer" || caller.session.id === (params as { session: string }).session;
