/** The CSV download over HTTP. Whatever breaks once the answer has begun breaks the connection: no file ends as if it were whole. */
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { parseDownload } from "../../export/index.ts";
import type { Query } from "../../search/index.ts";
import { askedBy } from "../asked.ts";
import { organizationOf } from "../organization-of.ts";
import type { ApiRooms } from "../rooms.ts";
import * as schemas from "../schemas/events.ts";

const csvType = "text/csv";
const contentType = "text/csv; charset=utf-8; header=present";

interface Downloading {
  Params: { org: string };
  Querystring: Query;
}

/** Registers the route. HEAD tells what GET would be, and is no download: it records nothing. */
export function addAuditLog(app: FastifyInstance, rooms: ApiRooms): void {
  const url = "/v1/organizations/:org/audit-log.csv";
  const config = { action: "audit-log:download", kinds: [csvType] } as const;

  app.head<Downloading>(url, { config, schema: { hide: true } }, async (request, reply) => {
    parseDownload(request.query);
    await organizationOf(request, rooms);
    reply.header("content-type", contentType).send();
  });

  app.get<Downloading>(
    url,
    { config, schema: schemas.downloadAuditLog, exposeHeadRoute: false },
    async (request, reply) => {
      const wanted = parseDownload(request.query);
      const organization = await organizationOf(request, rooms);
      const { fileName, pieces } = await rooms.exports.download(organization, wanted, askedBy(request).by);
      reply.header("content-type", contentType);
      reply.header("content-disposition", `attachment; filename="${fileName}"`);
      return reply.send(Readable.from(pieces, { objectMode: false, highWaterMark: 128 * 1024 }));
    },
  );
}
