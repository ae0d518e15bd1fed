/** Removing a member, after a confirmation that explains the consequences. */

import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import type { Member } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { say } from "../base/flash.ts";
import { FormPage } from "../base/form-page.tsx";
import { form, page } from "../base/routes.ts";
import { paramOf, type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { isOnlyOwner } from "./leave.tsx";

const path = "/orgs/:org/members/:user/remove";
const title = "Remove member";

export function addRemoval(app: FastifyInstance, web: Web): void {
  const { people } = web.services;
  app.get(path, page("members:remove"), async (request, reply) => {
    const seen = await visiblePage(web, request);
    const userId = paramOf(request, "user");
    const member = await people.member(seen.place, userId);
    const caller = callerOf(request);
    if (caller.kind === "user" && caller.user.id === userId) return web.goTo(reply, `${seen.path}/leave`);
    const isOnly = await isOnlyOwner(people, seen, member);
    return show(web, [request, reply], { seen, member, isOnly });
  });

  app.post(path, form("members:remove"), async (request, reply) => {
    const seen = await visiblePage(web, request);
    const userId = paramOf(request, "user");
    const member = await people.member(seen.place, userId);
    const caller = callerOf(request);
    const how = caller.kind === "user" && caller.user.id === userId ? "LEFT" : "REMOVED";
    const asked = { organization: seen.organization, userId, by: changeRequestOf(request).by };
    const done = await web.attempt(() => people.endMembership({ ...asked, how }));
    if (done instanceof RefusedForm)
      return show(web, [request, reply], { seen, member, isOnly: false, refused: done });
    say(reply, how === "LEFT" ? "left" : "member-removed");
    return web.goTo(reply, how === "LEFT" ? "/account" : `${seen.path}/members`);
  });
}

interface RemoveMemberView {
  readonly seen: VisiblePage;
  readonly member: Member;
  readonly isOnly: boolean;
  readonly refused?: RefusedForm;
}

function show(web: Web, [request, reply]: Exchange, shown: RemoveMemberView): Promise<FastifyReply> {
  const { seen, isOnly, refused } = shown;
  return web.send(request, reply, {
    title,
    organization: seen.organization,
    section: "members",
    width: "narrow",
    refused,
    content: isOnly ? <OnlyOwner {...shown} /> : <Remove {...shown} />,
  });
}

const OnlyOwner = ({ seen, member }: RemoveMemberView): VNode => (
  <>
    <BackLink href={`${seen.path}/members`}>Members</BackLink>
    <PageHeading title="You can’t remove the only owner" caption={<Name name={member.user.name} />} />
    <p>Every organization needs an owner. Make another member an owner first.</p>
  </>
);

const Remove = ({ seen, member: { user } }: RemoveMemberView): VNode => (
  <FormPage
    title={title}
    caption={<Name name={user.name} />}
    back={{ href: `${seen.path}/members`, text: "Members" }}
    action={`${seen.path}/members/${user.id}/remove`}
    submit="Remove"
    isWarning
  >
    <p>
      <Name name={user.name} /> ({user.email}) sees nothing of <Name name={seen.organization.name} /> after
      that, is removed from its teams, and is signed out everywhere. The audit log keeps what they did. To
      come back, they need a new invitation.
    </p>
  </FormPage>
);
