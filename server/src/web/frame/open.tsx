/**
 * The start of a viewer session in a browser: the token stands after the `#` of the address, which no server sees. The page sends it here
 * once, and a cookie for the session's own pages has it until the session ends.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import type { Viewer } from "../../access/index.ts";
import { type FrameCookies, setViewer } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { addressesFor } from "../base/addresses.ts";
import { targetPath } from "../base/party-paths.ts";
import { form, page } from "../base/routes.ts";
import { readHidden } from "../base/typed-form.ts";
import type { Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { ended } from "./ended.tsx";
import { framingAsked, keepLook } from "./frame.ts";
import { readLook } from "./look.ts";

const title = "Opening the log";

export function addOpening(app: FastifyInstance, web: Web): void {
  app.get(paths.view.route, page("sign-in"), (request, reply) =>
    web.send(request, reply, { title, content: <Opening action={actionOf(request)} /> }),
  );

  app.post(paths.view.route, form("sign-in"), async (request, reply) => {
    const { token, zone } = readHidden(request, ["token", "zone"]);
    const viewer = await viewerOf(web, token);
    if (viewer === undefined) return web.send(request, reply, ended);
    const { id, session } = viewer;
    const { look } = framingAsked(request);
    const cookies: FrameCookies = {
      path: addressesFor(request)(paths.viewSession({ session: id })),
      expires: new Date(Number(session.expiresAt / 1000n)),
    };
    setViewer(reply, token, cookies);
    keepLook(reply, { ...look, zone: look.zone ?? readLook({ zone }).zone }, cookies);
    return web.goTo(reply, paths.viewSession({ session: id }) + firstPageOf(viewer));
  });
}

/** The same page again, with the host's look: only the token is sent. */
const actionOf = ({ url }: FastifyRequest): string => {
  const at = url.indexOf("?");
  return at < 0 ? paths.view() : paths.view() + url.slice(at);
};

/** The holder of the token; undefined if it no longer works, or isn't a viewer's. */
async function viewerOf({ services }: Web, token: string): Promise<Viewer | undefined> {
  try {
    const caller = await services.access.authenticate(token);
    return caller.kind === "viewer" ? caller : undefined;
  } catch (error) {
    if (error instanceof DaybookError && error.code === "not-authenticated") return undefined;
    throw error;
  }
}

/** All activity, or that of the one visible target. */
function firstPageOf({ organization: { slug }, session: { onlyTarget } }: Viewer): string {
  if (onlyTarget === null) return paths.activity({ org: slug });
  const at = onlyTarget.indexOf(":");
  return targetPath(slug, { type: onlyTarget.slice(0, at), id: onlyTarget.slice(at + 1) });
}

const Opening = ({ action }: { readonly action: string }): VNode => (
  <>
    <PageHeading title={title}>This takes a moment.</PageHeading>
    <noscript>
      <p>
        Scripts are turned off in this browser, and the log needs one to open. Turn scripts on, and reload the
        page.
      </p>
    </noscript>
    <p>If the log does not open, reload the page that contains it.</p>
    <Form method="post" action={action} data-island="code">
      <input type="hidden" name="token" autocomplete="off" />
      <input type="hidden" name="zone" autocomplete="off" />
    </Form>
  </>
);
