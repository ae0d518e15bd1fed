/** The members of an organization: the list, changing a role, removing one. */

import type { FastifyInstance, FastifyReply } from "fastify";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Member } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { readerOf } from "../base/reader.ts";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import { meanwhile, paramOf, type VisiblePage, versionIn, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Radios } from "../kit/components/radios/radios.tsx";
import { addInvitations } from "./invitations.tsx";
import { addLeaving } from "./leave.tsx";
import { listed } from "./listed.ts";
import { demandRole, sendMemberForm } from "./member-form.tsx";
import { Members } from "./members-content.tsx";
import { addRemoval } from "./remove-member.tsx";
import { roleChoices } from "./role-choices.ts";

const roleForm = typedForm({ role: text() });
const sentences = {
  "organization-added": "Organization added.",
  "role-changed": "Role changed.",
  "member-removed": "Member removed. All their sessions have ended.",
  "invitation-withdrawn": "Invitation withdrawn. Its link no longer works.",
  "invitation-gone": "That invitation is no longer open.",
};

export function addMembers(app: FastifyInstance, web: Web): void {
  app.get(paths.members.route, page("members:read"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { people } = web.services;
    const caller = callerOf(request);
    const address = paths.members(visible.at);
    const { organizationId, rowScope } = visible.place;
    const [members, figures, invitations] = await Promise.all([
      listed(request, {
        path: address,
        isSearched: true,
        read: (change) => people.members(visible.place, change),
        keyOf: ({ user }) => user.id,
      }),
      people.organizationFigures([organizationId], rowScope),
      listed(request, {
        path: address,
        parameter: "invitations-after",
        read: (change) => people.invitations(visible.place, change),
        keyOf: ({ id }) => id,
      }),
    ]);
    return web.send(request, reply, {
      title: "Members",
      organization: visible.organization,
      section: "members",
      sentences,
      hasTimes: true,
      content: (
        <Members
          at={visible.at}
          members={members}
          count={figures.get(organizationId)?.members ?? 0}
          lastActive={
            await people.lastActive(
              visible.place,
              members.items.map(({ user }) => user.id),
            )
          }
          invitations={invitations}
          mayChange={visible.mayChange("members:change")}
          isOpen={visible.isOpen}
          self={caller.kind === "user" ? caller.user.id : undefined}
          zone={readerOf(request).zone}
        />
      ),
    });
  });
  addRole(app, web);
  addRemoval(app, web);
  addLeaving(app, web);
  addInvitations(app, web);
}

function addRole(app: FastifyInstance, web: Web): void {
  const { people } = web.services;
  const { route } = paths.memberRole;
  app.get(route, page("members:change"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const member = await people.member(visible.place, paramOf(request, "user"));
    return showRole(web, [request, reply], { visible, member, typed: { role: member.role } });
  });

  app.post(route, form("members:change"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { typed, also } = roleForm.read(request, ["version"]);
    const userId = paramOf(request, "user");
    const member = await people.member(visible.place, userId);
    demandRole(web, request, { organization: visible.organization, ...typed });
    const change = {
      organization: visible.organization,
      userId,
      initiator: changeRequestOf(request).initiator,
    };
    const done = await web.attempt(
      () => people.changeRole({ ...change, ...typed, ifVersion: versionIn(also.version) }),
      { otherwise: "role" },
    );
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: "role", message: changedMeanwhile(member) });
      return showRole(web, [request, reply], { visible, member, typed, refused });
    }
    setFlash(reply, "role-changed");
    return web.goTo(reply, paths.members(visible.at));
  });
}

const changedMeanwhile = ({ role }: Member): string =>
  `Someone else changed this role after you opened this page. It is now ${roles[role].name}. If you still want to change it, save again.`;

interface RoleShown {
  readonly visible: VisiblePage;
  readonly member: Member;
  readonly typed: typeof roleForm.nothing;
  readonly refused?: RefusedForm;
}

const showRole = (
  web: Web,
  exchange: Exchange,
  { visible, member, typed, refused }: RoleShown,
): Promise<FastifyReply> =>
  sendMemberForm(web, exchange, {
    visible,
    title: "Change role",
    refused,
    caption: <Name name={member.user.name} />,
    action: paths.memberRole({ ...visible.at, user: member.user.id }),
    submit: "Save",
    children: (
      <>
        <input type="hidden" name="version" value={member.version} />
        <Radios {...roleForm.inputs(typed, refused)("role")} label="Role" choices={roleChoices} />
      </>
    ),
  });
