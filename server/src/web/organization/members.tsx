/** The members of an organization: the list, changing a role, removing one. */

import type { FastifyInstance, FastifyReply } from "fastify";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import type { Member } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { say } from "../base/flash.ts";
import { FormPage } from "../base/form-page.tsx";
import { readForm } from "../base/forms.ts";
import { readerOf } from "../base/reader.ts";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { meanwhile, paramOf, type VisiblePage, versionIn, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Radios } from "../kit/components/radios/radios.tsx";
import { addInvitations } from "./invitations.tsx";
import { addLeaving } from "./leave.tsx";
import { listed } from "./listed.ts";
import { Members } from "./members-content.tsx";
import { addRemoval } from "./remove-member.tsx";
import { roleChoices } from "./role-choices.ts";

const path = "/orgs/:org/members";
const sentences = {
  "organization-added": "Organization added.",
  "role-changed": "Role changed.",
  "member-removed": "Member removed. All their sessions have ended.",
  "invitation-withdrawn": "Invitation withdrawn. Its link no longer works.",
  "invitation-gone": "That invitation is no longer open.",
};

export function addMembers(app: FastifyInstance, web: Web): void {
  app.get(path, page("members:read"), async (request, reply) => {
    const seen = await visiblePage(web, request);
    const { people } = web.services;
    const caller = callerOf(request);
    const address = `${seen.path}/members`;
    const [members, invitations] = await Promise.all([
      listed(request, {
        path: address,
        read: (asked) => people.members(seen.place, asked),
        keyOf: ({ user }) => user.id,
      }),
      listed(request, {
        path: address,
        parameter: "invitations-after",
        read: (asked) => people.invitations(seen.place, asked),
        keyOf: ({ id }) => id,
      }),
    ]);
    return web.send(request, reply, {
      title: "Members",
      organization: seen.organization,
      section: "members",
      sentences,
      hasTimes: true,
      content: (
        <Members
          path={seen.path}
          members={members}
          invitations={invitations}
          mayChange={seen.mayChange("members:change")}
          isOpen={seen.isOpen}
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
  const { people, access } = web.services;
  const address = `${path}/:user/role`;
  app.get(address, page("members:change"), async (request, reply) => {
    const seen = await visiblePage(web, request);
    const member = await people.member(seen.place, paramOf(request, "user"));
    return showRole(web, [request, reply], { seen, member, role: member.role });
  });

  app.post(address, form("members:change"), async (request, reply) => {
    const seen = await visiblePage(web, request);
    const { role, version } = readForm(request, { role: "one", version: "one" });
    const userId = paramOf(request, "user");
    const member = await people.member(seen.place, userId);
    if (role === "OWNER") access.demand(callerOf(request), "members:make-owner", seen.organization);
    const asked = { organization: seen.organization, userId, by: changeRequestOf(request).by };
    const done = await web.attempt(
      () => people.changeRole({ ...asked, role, ifVersion: versionIn(version) }),
      {
        otherwise: "role",
      },
    );
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: "role", message: changedMeanwhile(member) });
      return showRole(web, [request, reply], { seen, member, role, refused });
    }
    say(reply, "role-changed");
    return web.goTo(reply, `${seen.path}/members`);
  });
}

const changedMeanwhile = ({ role }: Member): string =>
  `Someone else changed this role after you opened this page. It is now ${roles[role].name}. If you still want to change it, save again.`;

interface RoleShown {
  readonly seen: VisiblePage;
  readonly member: Member;
  readonly role: string;
  readonly refused?: RefusedForm;
}

function showRole(
  web: Web,
  [request, reply]: Exchange,
  { seen, member, role, refused }: RoleShown,
): Promise<FastifyReply> {
  const title = "Change role";
  const home = `${seen.path}/members`;
  return web.send(request, reply, {
    title,
    organization: seen.organization,
    section: "members",
    width: "narrow",
    refused,
    content: (
      <FormPage
        title={title}
        caption={<Name name={member.user.name} />}
        back={{ href: home, text: "Members" }}
        action={`${home}/${member.user.id}/role`}
        submit="Save"
      >
        <input type="hidden" name="version" value={member.version} />
        <Radios name="role" label="Role" error={refused?.of("role")} choices={roleChoices} value={role} />
      </FormPage>
    ),
  });
}
