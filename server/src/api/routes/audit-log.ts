/**
 * The downloads of a log over HTTP, with one address for each format. If anything fails after the response has begun, the connection
 * breaks: no partial file ends as if it were complete.
 */
import { Readable } from "node:stream";
import { DaybookError, partyKey } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { KnownCaller } from "../../access/index.ts";
import { type ExportFormat, exportFormats, parseDownload } from "../../export/index.ts";
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

interface DownloadRoute {
  Params: { org: string };
  Querystring: Query;
}

/** Registers a route for each format. */
export function addAuditLog(app: FastifyInstance, services: RequestServices): void {
  for (const format of exportFormats) addFormat(app, services, format);
}

/** The route of one format. HEAD answers like GET, but is not a download, and records nothing. */
function addFormat(app: FastifyInstance, services: RequestServices, format: ExportFormat): void {
  const { contentType } = format;
  const url = `/v1/organizations/:org/audit-log.${format.name}`;
  const config = { action: "audit-log:download", kinds: [format.mediaType], records: true } as const;

  app.head<DownloadRoute>(url, { config, schema: { hide: true } }, async (request, reply) => {
    parseDownload(format, request.query);
    await organizationOf(request, services);
    reply.header("content-type", contentType).send();
  });

  app.get<DownloadRoute>(
    url,
    { config, schema: schemas.downloadAuditLog(format), exposeHeadRoute: false },
    async (request, reply) => {
      const wanted = parseDownload(format, request.query);
      const organization = await organizationOf(request, services).catch(async (error: unknown) => {
        // the refusal stands, even if noting it fails
        await noteRefused(request, services, { error, format }).catch(() => undefined);
        throw error;
      });
      const { fileName, pieces } = await services.exports.download(
        organization,
        wanted,
        changeRequestOf(request).initiator,
      );
      reply.header("content-type", contentType);
      reply.header("content-disposition", `attachment; filename="${fileName}"`);
      const visible = whileVisible(pieces, () => seesStill(request, services, organization.view));
      return reply.send(Readable.from(visible, { objectMode: false, highWaterMark: 128 * 1024 }));
    },
  );
}

/** For callers known in the organization: its log records the attempt, at most once an hour for each format. */
async function noteRefused(
  request: FastifyRequest,
  services: RequestServices,
  { error, format }: { readonly error: unknown; readonly format: ExportFormat },
): Promise<void> {
  if (!(error instanceof DaybookError) || error.code !== "not-allowed") return;
  const { access, people, denials } = services;
  const { org } = request.params as { org: string };
  const caller = callerOf(request);
  const { organizationId, id, name } = await people.organization(org, access.rowScopeOf(caller, org));
  const { actor } = caller;
  // viewers count separately from the opener and from each other
  const viewer = caller.kind === "viewer" ? ` ${caller.session.viewerId}` : "";
  denials.note({
    organizationId,
    // a host application names its viewers: their subjects must differ from those of members
    subject: `download ${format.name} ${caller.kind} ${partyKey(actor)}${viewer}`,
    event: {
      type: "AUDIT_LOG_DOWNLOAD_REFUSED",
      actor,
      targets: [{ type: "organization", id, name }],
      context: contextOf(request),
      data: { why: whyRefused(caller), format: format.name },
    },
  });
}

function whyRefused({ kind }: KnownCaller): string {
  if (kind === "api_client") return "The token does not have the scope audit-log:download";
  if (kind === "viewer") return "This view is not one to download from";
  return "Only owners and auditors download the log";
}
