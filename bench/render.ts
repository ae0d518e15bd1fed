/**
 * Measures the activity page from events in memory: rendering, encoding and compressing. It runs production code in this process; the
 * yardstick is the same response as a constant.
 */

import type { OutgoingHttpHeaders } from "node:http";
import { eventTypes } from "daybook/catalogue";
import type { RecordedEvent } from "daybook/internal";
import Fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { breakdownOf } from "../server/dist/web/activity/breakdown.js";
import { Activity } from "../server/dist/web/activity/content.js";
import { countOf } from "../server/dist/web/activity/count.js";
import { readQuestion } from "../server/dist/web/activity/question.js";
import { spreadOf } from "../server/dist/web/activity/spread.js";
import { sendPage } from "../server/dist/web/app/send.js";
import { typesOf } from "../server/dist/web/event-card/types.js";

export interface Rendered {
  /** Milliseconds of CPU for a page: rendering it, and answering with it as a constant. */
  readonly page: number;
  readonly constant: number;
}

const rounds = 500;

/** The CPU of a request for that address, in milliseconds. */
async function costOf(app: ReturnType<typeof Fastify>, url: string): Promise<number> {
  let before = process.cpuUsage();
  for (let n = -rounds; n < rounds; n++) {
    if (n === 0) before = process.cpuUsage();
    const { statusCode } = await app.inject({ url, headers: { "accept-encoding": "br", cookie: hasSheet } });
    if (statusCode !== 200) throw new Error(`${url}: ${statusCode}`);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / rounds;
}

/** Of a browser that has the style sheet. */
const hasSheet = "daybook-sheet=0";

/** Renders the newest page of an organization repeatedly, from the API's response. */
export async function measureRendering(
  organization: { readonly slug: string; readonly name: string },
  { events, histogram }: { readonly events: readonly RecordedEvent[]; readonly histogram: unknown },
): Promise<Rendered> {
  const path = `/orgs/${organization.slug}/activity`;
  const assets = {
    css: "/assets/app-0.css",
    listCss: "/assets/list.css",
    js: "/assets/app.js",
    mark: "/assets/mark.svg",
    sheet: "",
  };
  const search = { histogram: async () => histogram };
  const services = { search, access: {} } as never;
  const zone = "Europe/London";
  const show = async (...exchange: [FastifyRequest, FastifyReply]): Promise<FastifyReply> => {
    const now = Date.now();
    const question = readQuestion({}, { zone, now: BigInt(now) * 1000n });
    const types = Promise.resolve(eventTypes);
    const asked = { services, organization: organization as never, path, zone, types };
    const spread = await spreadOf(question, asked);
    const list = { events, typeOf: await typesOf(services, events), question, path, zone, now };
    const content = Activity({
      ...list,
      ...{ organization, spread, types: eventTypes, next: "next", behind: 0, inAll: false, inFrame: false },
      ...{
        client: undefined,
        files: [],
        takesEvents: true,
        seesContext: true,
        reported: undefined,
        recorderOf: () => undefined,
        count: await countOf(question, { ...asked, events, hasOlder: true }),
        breakdown: await breakdownOf(question, asked),
      },
    });
    return sendPage({ services, assets, version: "0", frameOrigins: [] }, exchange, {
      title: "Activity",
      hasTimes: true,
      content,
    });
  };
  const app = Fastify();
  app.decorateRequest("framing", undefined);
  app.decorateRequest("caller", undefined);
  let sent: { headers: OutgoingHttpHeaders; body: Buffer } | undefined;
  app.get("/page", show);
  app.get("/constant", (_request, reply) => reply.headers({ ...sent?.headers }).send(sent?.body));
  const { headers, rawPayload } = await app.inject({
    url: "/page",
    headers: { "accept-encoding": "br", cookie: hasSheet },
  });
  sent = { headers, body: rawPayload };
  const rendered = { page: await costOf(app, "/page"), constant: await costOf(app, "/constant") };
  await app.close();
  return rendered;
}
