/** An organization's settings: its details, and the download of its log, whose form leads to the file's own address. */
import type { MemberRole } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { callerOf } from "../../http/index.ts";
import { apiPaths, paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { roles } from "../base/roles.ts";
import { page } from "../base/routes.ts";
import { type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { addClosing } from "./close.tsx";
import { addDetails } from "./details.tsx";
import { DownloadForm, type NamedType, NoDownload } from "./download-form.tsx";
import { type DownloadValues, downloadQuery, typedOf, usual } from "./download-query.ts";
import { rowsIn } from "./download-rows.ts";
import { fileChoices } from "./file-choices.ts";
import { ownerNames } from "./owners.ts";
import { Settings } from "./settings-content.tsx";

/** The maximum number of owners in the text for readers who may not download. */
const mostOwners = 5;
const sentences = {
  "details-changed": "Organization details saved.",
  "organization-closed": "Organization closed.",
};

export function addOrganizationSettings(app: FastifyInstance, web: Web): void {
  app.get(paths.settings.route, page("organization:read"), async (request, reply) =>
    show(web, [request, reply], { visible: await visiblePage(web, request), typed: usual }),
  );

  // the file's own address refuses readers who may not download, and the log records the attempt
  app.get(paths.settingsDownload.route, page("organization:read"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const typed = typedOf(request.query as Record<string, unknown>);
    const types = new Set((await typesOf(web, visible)).map(({ name }) => name));
    const download = downloadQuery(typed, types, Date.now());
    if ("errors" in download)
      return show(web, [request, reply], { visible, typed, refused: new RefusedForm(422, download.errors) });
    const query = download.query === "" ? "" : `?${download.query}`;
    return web.goTo(reply, apiPaths.auditLog({ ...visible.at, format: download.format }) + query);
  });

  addDetails(app, web);
  addClosing(app, web);
}

/** The event types of an organization's log, including its own, by title. */
async function typesOf(web: Web, { organization }: VisiblePage): Promise<NamedType[]> {
  const types = await web.services.eventTypes.list(organization.organizationId);
  return [...types].sort((a, b) => a.title.localeCompare(b.title, "en"));
}

interface SettingsView {
  readonly visible: VisiblePage;
  readonly typed: DownloadValues;
  readonly refused?: RefusedForm;
}

async function show(
  web: Web,
  [request, reply]: Exchange,
  { visible, typed, refused }: SettingsView,
): Promise<FastifyReply> {
  const role = roleOf(request, visible);
  const action = paths.settingsDownload(visible.at);
  const form = visible.may("audit-log:download") ? (
    <DownloadForm
      action={action}
      slug={visible.organization.slug}
      files={fileChoices}
      types={await typesOf(web, visible)}
      typed={typed}
      refused={refused}
      rows={await rowsIn(web, visible)}
    />
  ) : (
    <NoDownload
      role={role && roles[role].name}
      owners={role === undefined ? [] : await ownerNames(web.services.people, visible, mostOwners)}
    />
  );
  return web.send(request, reply, {
    title: "Settings",
    organization: visible.organization,
    section: "settings",
    width: "narrow",
    sentences,
    refused,
    content: (
      <Settings visible={visible} role={role} usual={fileChoices[0].text}>
        {form}
      </Settings>
    ),
  });
}

/** The reader's role in the organization; undefined if they aren't a member. */
function roleOf(request: FastifyRequest, { organization }: VisiblePage): MemberRole | undefined {
  const caller = callerOf(request);
  if (caller.kind !== "user") return undefined;
  return caller.memberships.find(({ organizationId }) => organizationId === organization.organizationId)
    ?.role;
}
