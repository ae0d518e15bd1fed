/** Deleting a saved view, after a confirmation. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { form, page } from "../base/routes.ts";
import { readHidden } from "../base/typed-form.ts";
import { meanwhile, versionIn } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Name } from "../kit/components/marked-text/name.tsx";
import { inWords } from "./in-words.tsx";
import { changingView, visibleView } from "./visible-view.ts";

const changedMeanwhile =
  "Someone else changed this view after you opened this page. If you still want to delete it, select Delete view again.";

export function addViewRemoval(app: FastifyInstance, web: Web): void {
  app.get(paths.deleteView.route, page("views:save"), async (request, reply) =>
    show(web, [request, reply], await visibleView(web, request)),
  );

  app.post(paths.deleteView.route, form("views:save"), async (request, reply) => {
    const shown = await visibleView(web, request);
    const { version } = readHidden(request, ["version"]);
    const change = { ...changingView(request, shown), ifVersion: versionIn(version) };
    const done = await web.attempt(() => web.services.savedViews.remove(change));
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: undefined, message: changedMeanwhile });
      return show(web, [request, reply], { ...shown, refused });
    }
    setFlash(reply, "view-deleted");
    return web.goTo(reply, paths.savedViews(shown.visible.at));
  });
}

type ShownView = Awaited<ReturnType<typeof visibleView>> & { readonly refused?: RefusedForm };

const show = (web: Web, exchange: Exchange, { visible, view, refused }: ShownView): Promise<FastifyReply> =>
  sendFormPage(web, exchange, {
    title: "Delete view",
    organization: visible.organization,
    section: "activity",
    refused,
    caption: <Name name={view.name} />,
    back: { href: paths.savedViews(visible.at), text: "Saved views" },
    action: paths.deleteView({ ...visible.at, view: view.id }),
    submit: "Delete view",
    isWarning: true,
    children: (
      <>
        <input type="hidden" name="version" value={view.version} />
        <p class="db-break">{inWords(view.search)}</p>
        <p>
          {view.forEveryone ? "It disappears for everyone in the organization. " : ""}The events that it shows
          remain. You can&rsquo;t undo this.
        </p>
      </>
    ),
  });
