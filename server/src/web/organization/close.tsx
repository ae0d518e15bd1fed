/** Closing an organization, by operators, after they type its slug: what it means, and why it happens. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import { type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Name } from "../kit/components/marked-text/name.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { WarningText } from "../kit/components/warning-text/warning-text.tsx";

const title = "Close organization";
const closeForm = typedForm({ slug: text(), reason: text() });

export function addClosing(app: FastifyInstance, web: Web): void {
  const { route } = paths.closeOrganization;
  app.get(route, page("organization:close"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    if (!visible.isOpen) return web.goTo(reply, paths.settings(visible.at));
    return show(web, [request, reply], { visible });
  });

  app.post(route, form("organization:close"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { organization } = visible;
    const { typed } = closeForm.read(request);
    const change = { organization, reason: typed.reason, initiator: changeRequestOf(request).initiator };
    const done =
      typed.slug.trim() === organization.slug
        ? await web.attempt(() => web.services.people.closeOrganization(change))
        : new RefusedForm(422, [
            { field: "slug", message: `Enter ${organization.slug}, the organization’s slug` },
          ]);
    if (done instanceof RefusedForm) return show(web, [request, reply], { visible, typed, refused: done });
    setFlash(reply, "organization-closed");
    return web.goTo(reply, paths.settings(visible.at));
  });
}

interface CloseView {
  readonly visible: VisiblePage;
  readonly typed?: typeof closeForm.nothing;
  readonly refused?: RefusedForm;
}

function show(web: Web, exchange: Exchange, { visible, typed, refused }: CloseView): Promise<FastifyReply> {
  const { organization, at } = visible;
  const input = closeForm.inputs(typed, refused);
  return sendFormPage(web, exchange, {
    title,
    organization,
    section: "settings",
    refused,
    caption: <Name name={organization.name} />,
    back: { href: paths.settings(at), text: "Settings" },
    action: paths.closeOrganization(at),
    submit: "Close organization",
    isWarning: true,
    children: (
      <>
        <WarningText>This is permanent. You cannot undo it.</WarningText>
        <Meaning />
        <TextInput
          {...input("slug")}
          label={
            <>
              To confirm, type <code>{organization.slug}</code>
            </>
          }
          autocomplete="off"
          spellcheck={false}
        />
        <TextInput
          {...input("reason")}
          label="Reason (optional)"
          hint="Others can read the reason in the log"
          autocomplete="off"
        />
      </>
    ),
  });
}

const Meaning = (): VNode => (
  <>
    <p>When the organization is closed:</p>
    <ul>
      <li>Nobody can record events. The tokens of its API clients stop working.</li>
      <li>
        Nobody can change its members, teams, API clients or settings. Invitations can&rsquo;t be accepted.
      </li>
      <li>Viewer sessions end.</li>
      <li>Members and operators can still read its log, and download it if their role allows it.</li>
    </ul>
  </>
);
