/** Removing a member, after a confirmation that explains the consequences. */

import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Member } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { FormPage } from "../base/form-page.tsx";
import { ReasonInput, type ReasonProps, reasonForm } from "../base/reason.tsx";
import { form, page } from "../base/routes.ts";
import { paramOf, type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Email } from "../kit/components/email/email.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { isOnlyOwner } from "./leave.tsx";

const title = "Remove member";

export function addRemoval(app: FastifyInstance, web: Web): void {
  const { people } = web.services;
  app.get(paths.removeMember.route, page("members:remove"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const userId = paramOf(request, "user");
    const member = await people.member(visible.place, userId);
    const caller = callerOf(request);
    if (caller.kind === "user" && caller.user.id === userId) return web.goTo(reply, paths.leave(visible.at));
    const isOnly = await isOnlyOwner(people, visible, member);
    return show(web, [request, reply], { visible, member, isOnly });
  });

  app.post(paths.removeMember.route, form("members:remove"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { typed } = reasonForm.read(request);
    const userId = paramOf(request, "user");
    const member = await people.member(visible.place, userId);
    const caller = callerOf(request);
    const how = caller.kind === "user" && caller.user.id === userId ? "LEFT" : "REMOVED";
    const change = {
      organization: visible.organization,
      userId,
      initiator: changeRequestOf(request).initiator,
    };
    const done = await web.attempt(() => people.endMembership({ ...change, ...typed, how }));
    if (done instanceof RefusedForm)
      return show(web, [request, reply], { visible, member, isOnly: false, typed, refused: done });
    setFlash(reply, how === "LEFT" ? "left" : "member-removed");
    return web.goTo(reply, how === "LEFT" ? paths.account() : paths.members(visible.at));
  });
}

interface RemoveMemberView extends ReasonProps {
  readonly visible: VisiblePage;
  readonly member: Member;
  readonly isOnly: boolean;
}

function show(web: Web, [request, reply]: Exchange, shown: RemoveMemberView): Promise<FastifyReply> {
  const { visible, isOnly, refused } = shown;
  return web.send(request, reply, {
    title,
    organization: visible.organization,
    section: "members",
    width: "narrow",
    refused,
    content: isOnly ? <OnlyOwner {...shown} /> : <Remove {...shown} />,
  });
}

const OnlyOwner = ({ visible, member }: RemoveMemberView): VNode => (
  <>
    <BackLink href={paths.members(visible.at)}>Members</BackLink>
    <PageHeading title="You can’t remove the only owner" caption={<Name name={member.user.name} />} />
    <p>Every organization needs an owner. Make another member an owner first.</p>
  </>
);

const Remove = ({ visible, member: { user }, ...reason }: RemoveMemberView): VNode => (
  <FormPage
    title={title}
    caption={<Name name={user.name} />}
    back={{ href: paths.members(visible.at), text: "Members" }}
    action={paths.removeMember({ ...visible.at, user: user.id })}
    submit="Remove"
    isWarning
  >
    <p>
      <Name name={user.name} /> (<Email address={user.email} />) sees nothing of{" "}
      <Name name={visible.organization.name} /> after that, is removed from its teams, and is signed out
      everywhere. The audit log keeps what they did. To come back, they need a new invitation.
    </p>
    <ReasonInput {...reason} />
  </FormPage>
);
