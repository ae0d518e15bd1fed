/** One team: its role and its members. */

import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { UserName } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { readHidden } from "../base/typed-form.ts";
import { nothingChanges } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { Button, LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { actionsColumn, RowActions, Table } from "../kit/components/table/table.tsx";
import { Pages } from "./list-parts.tsx";
import { type ListedItems, listed } from "./listed.ts";
import { Person } from "./members-content.tsx";
import { type VisibleTeam, visibleTeam } from "./visible-team.ts";

const sentences = {
  "team-added": "Team added. It has no members yet.",
  "team-changed": "Team changed.",
  "team-members-added": "Members added to the team.",
  "team-member-removed": "The member is out of the team. They remain a member of the organization.",
  "team-member-gone": "They are no longer a member of the organization.",
};

export function addTeam(app: FastifyInstance, web: Web): void {
  const { people } = web.services;
  app.get(paths.team.route, page("teams:read"), async (request, reply) => {
    const shown = await visibleTeam(web, request);
    const { visible, team, at } = shown;
    const members = await listed(request, {
      path: paths.team(at),
      read: (change) => people.teamMembers({ ...visible.place, teamId: team.id }, change),
      keyOf: ({ id }) => id,
    });
    return web.send(request, reply, {
      title: "Team",
      organization: visible.organization,
      section: "teams",
      sentences,
      content: <Team {...shown} members={members} />,
    });
  });

  app.post(paths.removeTeamMember.route, form("teams:change"), async (request, reply) => {
    const { visible, team, at } = await visibleTeam(web, request);
    const { user: userId } = readHidden(request, ["user"]);
    const change = {
      organization: visible.organization,
      teamId: team.id,
      userId,
      initiator: changeRequestOf(request).initiator,
    };
    const done = await web.attempt(() => people.removeTeamMember(change));
    setFlash(reply, done instanceof RefusedForm ? "team-member-gone" : "team-member-removed");
    return web.goTo(reply, paths.team(at));
  });
}

interface TeamProps extends VisibleTeam {
  readonly members: ListedItems<UserName>;
}

const Team = ({ visible, team, at, members }: TeamProps): VNode => {
  const mayChange = visible.mayChange("teams:change");
  return (
    <>
      <BackLink href={paths.teams(visible.at)}>Teams</BackLink>
      <PageHeading
        title={<bdi class="db-break">{marked(team.name)}</bdi>}
        caption="Team"
        actions={
          mayChange && (
            <>
              <LinkButton href={paths.changeTeam(at)} kind="secondary">
                Change name or role
              </LinkButton>
              <LinkButton href={paths.removeTeam(at)} kind="secondary">
                Remove team
              </LinkButton>
            </>
          )
        }
      >
        {team.role === null
          ? "This team has no role. Its members have only their own roles."
          : `Role: ${roles[team.role].name}. Members have it in addition to their own role.`}
      </PageHeading>
      <div class="db-titled">
        <h2 id="members">Members</h2>
        {mayChange && (
          <LinkButton href={paths.addTeamMembers(at)} size="small">
            Add members
          </LinkButton>
        )}
      </div>
      {members.items.length === 0 ? (
        <EmptyState title="This team has no members." icon="users">
          <p>
            {mayChange
              ? "Add members of the organization to this team."
              : visible.isOpen
                ? "Owners of the organization can add members."
                : nothingChanges}
          </p>
        </EmptyState>
      ) : (
        <Table
          caption="Members of the team"
          captionHidden
          stacks
          columns={[{ title: "Name" }, ...(mayChange ? [actionsColumn] : [])]}
          rows={members.items.map((user) => [
            <Person at={visible.at} user={user} />,
            ...(mayChange ? [<TakeOut at={at} user={user} />] : []),
          ])}
        />
      )}
      <Pages label="Pages of members" of={members} />
    </>
  );
};

const TakeOut = ({ at, user }: Pick<TeamProps, "at"> & { readonly user: UserName }): VNode => (
  <Form method="post" action={paths.removeTeamMember(at)}>
    <input type="hidden" name="user" value={user.id} />
    <RowActions>
      <Button kind="secondary" size="small">
        <span>
          Remove
          <span class="govuk-visually-hidden">
            {" "}
            <Name name={user.name} /> from the team
          </span>
        </span>
      </Button>
    </RowActions>
  </Form>
);
