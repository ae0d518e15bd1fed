/** The CSV download over HTTP. Whatever breaks once the answer has begun breaks the connection: no file ends as if it were whole. */
import { Readable } from "node:stream";
import { DaybookError, partyKey } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { KnownCaller } from "../../access/index.ts";
import { parseDownload } from "../../export/index.ts";
import {
  callerOf,
  changeRequestOf,
  contextOf,
  organizationOf,
  seesStill,
  whileVisible,
} from "../../http/index.ts";
import type { Query } from "../../query-string/index.ts";
import type { RequestServices } from "../../services.ts";
import * as schemas from "../schemas/events.ts";

const csvType = "text/csv";
const contentType = "text/csv; charset=utf-8; header=present";

interface Downloading {
  Params: { org: string };
  Querystring: Query;
}

/** Registers the route. HEAD tells what GET would be, and is no download: it records nothing. */
export function addAuditLog(app: FastifyInstance, services: RequestServices): void {
  const url = "/v1/organizations/:org/audit-log.csv";
  const config = { action: "audit-log:download", kinds: [csvType], records: true } as const;

  app.head<Downloading>(url, { config, schema: { hide: true } }, async (request, reply) => {
    parseDownload(request.query);
    await organizationOf(request, services);
    reply.header("content-type", contentType).send();
  });

  app.get<Downloading>(
    url,
    { config, schema: schemas.downloadAuditLog, exposeHeadRoute: false },
    async (request, reply) => {
      const wanted = parseDownload(request.query);
      const organization = await organizationOf(request, services).catch(async (error: unknown) => {
        // the refusal stands, whatever becomes of the note
        await noteRefused(request, services, error).catch(() => undefined);
        throw error;
      });
      const { fileName, pieces } = await services.exports.download(
        organization,
        wanted,
        changeRequestOf(request).by,
      );
      reply.header("content-type", contentType);
      reply.header("content-disposition", `attachment; filename="${fileName}"`);
      const seen = whileVisible(pieces, () => seesStill(request, services, organization.view));
      return reply.send(Readable.from(seen, { objectMode: false, highWaterMark: 128 * 1024 }));
    },
  );
}

/** Of someone who is known in the organization: its log tells that they tried, at most once an hour. */
async function noteRefused(
  request: FastifyRequest,
  services: RequestServices,
  error: unknown,
): Promise<void> {
  if (!(error instanceof DaybookError) || error.code !== "not-allowed") return;
  const { access, people, denials } = services;
  const { org } = request.params as { org: string };
  const caller = callerOf(request);
  const { organizationId, id, name } = await people.organization(org, access.rowScopeOf(caller, org));
  const { actor } = caller;
  // a viewer is told apart from who opened the session, and from other viewers of theirs
  const viewer = caller.kind === "viewer" ? ` ${caller.session.viewerId}` : "";
  denials.note({
    organizationId,
    // a host application says who its viewers are: what is theirs must not stand for a member's
    subject: `download ${caller.kind} ${partyKey(actor)}${viewer}`,
    event: {
      type: "AUDIT_LOG_DOWNLOAD_REFUSED",
      actor,
      targets: [{ type: "organization", id, name }],
      context: contextOf(request),
      data: { why: whyRefused(caller), format: "csv" },
    },
  });
}

function whyRefused({ kind }: KnownCaller): string {
  if (kind === "api_client") return "The token does not have the scope audit-log:download";
  if (kind === "viewer") return "This view is not one to download from";
  return "Only owners and auditors download the log";
}
