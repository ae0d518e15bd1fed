/** Invitations into an organization: made, handed over as a link that is shown once, withdrawn. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { InvitationWithLink } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { readerOf } from "../base/reader.ts";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { readHidden, text, typedForm } from "../base/typed-form.ts";
import { type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { LinkButton } from "../kit/components/button/button.tsx";
import { CopyButton } from "../kit/components/copy-button/copy-button.tsx";
import { Email } from "../kit/components/email/email.tsx";
import { Panel } from "../kit/components/panel/panel.tsx";
import { Radios } from "../kit/components/radios/radios.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { demandRole, sendMemberForm } from "./member-form.tsx";
import { roleChoices } from "./role-choices.ts";

const title = "Invite someone";
const inviteForm = typedForm({ email: text(), role: text() });

export function addInvitations(app: FastifyInstance, web: Web): void {
  const { people } = web.services;
  app.get(paths.invite.route, page("members:change"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    if (!visible.isOpen) return web.goTo(reply, paths.members(visible.at));
    return showForm(web, [request, reply], { visible, typed: inviteForm.nothing });
  });

  // the response itself shows the link: stored for another page, it would be an unprotected secret
  app.post(paths.invite.route, form("members:change"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { typed } = inviteForm.read(request);
    demandRole(web, request, { organization: visible.organization, ...typed });
    const change = { organization: visible.organization, initiator: changeRequestOf(request).initiator };
    const done = await web.attempt(() => people.invite({ ...change, ...typed }), { otherwise: "email" });
    if (done instanceof RefusedForm)
      return showForm(web, [request, reply], { visible, typed, refused: done });
    return web.send(request, reply, {
      title: "Invitation created",
      organization: visible.organization,
      section: "members",
      width: "narrow",
      hasSecret: true,
      hasTimes: true,
      status: 201,
      content: <Made visible={visible} made={done} zone={readerOf(request).zone} />,
    });
  });

  app.post(paths.withdrawInvitation.route, form("members:change"), async (request, reply) => {
    const { organization, at } = await visiblePage(web, request);
    const { invitation: invitationId } = readHidden(request, ["invitation"]);
    const change = { organization, invitationId, initiator: changeRequestOf(request).initiator };
    const done = await web.attempt(() => people.withdrawInvitation(change));
    setFlash(reply, done instanceof RefusedForm ? "invitation-gone" : "invitation-withdrawn");
    return web.goTo(reply, paths.members(at));
  });
}

interface InvitationFormView {
  readonly visible: VisiblePage;
  readonly typed: typeof inviteForm.nothing;
  readonly refused?: RefusedForm;
}

function showForm(
  web: Web,
  exchange: Exchange,
  { visible, typed, refused }: InvitationFormView,
): Promise<FastifyReply> {
  const input = inviteForm.inputs(typed, refused);
  return sendMemberForm(web, exchange, {
    visible,
    title,
    refused,
    action: paths.invite(visible.at),
    submit: "Create invitation",
    children: (
      <>
        <TextInput
          {...input("email")}
          label="Email address"
          hint="Only a person with this address can accept. An invitation lasts 7 days."
          type="email"
          autocomplete="off"
          spellcheck={false}
        />
        <Radios
          {...input("role")}
          label="Role"
          error={refused?.of("role") && "Select a role"}
          choices={roleChoices}
        />
      </>
    ),
  });
}

interface MadeProps {
  readonly visible: VisiblePage;
  readonly made: InvitationWithLink;
  readonly zone: string;
}

const Made = ({ visible, made: { invitation, link = "", emailed }, zone }: MadeProps): VNode => (
  <>
    <Panel title="Invitation created">
      <p>This is the only time that the link is shown. {handOver(emailed)}</p>
      <CopyButton text={link} what="link" />
    </Panel>
    <SummaryList
      rows={[
        { key: "Email address", value: <Email address={invitation.email} /> },
        {
          key: "Role",
          value: (
            <>
              {roles[invitation.role].name}
              <div class="db-quiet db-small">{roles[invitation.role].may}</div>
            </>
          ),
        },
        { key: "Can be accepted until", value: <Time at={invitation.expiresAt} zone={zone} /> },
      ]}
    />
    <LinkButton href={paths.members(visible.at)} kind="secondary">
      Go to members
    </LinkButton>
  </>
);

/** Whether it went out by mail; undefined if Daybook has no mail server. */
function handOver(emailed: boolean | undefined): string {
  if (emailed === undefined)
    return "This server does not send mail. Copy the link now, and give it to the person.";
  return emailed
    ? "Daybook also sent it by mail, so you don’t need to pass it on."
    : "Daybook could not send it by mail. Copy the link now, and give it to the person.";
}
