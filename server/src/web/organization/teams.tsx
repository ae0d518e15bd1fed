/** The teams of an organization, with their role and number of members; and the pages of each. */

import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { Team } from "../../people/index.ts";
import { roles } from "../base/roles.ts";
import { page } from "../base/routes.ts";
import { nothingChanges, type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { listed } from "./listed.ts";
import { type ListedItems, Pages } from "./members-content.tsx";
import { addTeamRemoval } from "./remove-team.tsx";
import { addTeam } from "./team.tsx";
import { addTeamForms } from "./team-form.tsx";
import { addTeamMembers } from "./team-members.tsx";

const sentences = { "team-removed": "Team removed." };

export function addTeams(app: FastifyInstance, web: Web): void {
  app.get(paths.teams.route, page("teams:read"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const teams = await listed(request, {
      path: paths.teams(visible.at),
      read: (change) => web.services.people.teams(visible.place, change),
      keyOf: ({ id }) => id,
    });
    return web.send(request, reply, {
      title: "Teams",
      organization: visible.organization,
      section: "teams",
      sentences,
      content: <Teams visible={visible} teams={teams} />,
    });
  });

  addTeamForms(app, web);
  addTeam(app, web);
  addTeamMembers(app, web);
  addTeamRemoval(app, web);
}

interface TeamsProps {
  readonly visible: VisiblePage;
  readonly teams: ListedItems<Team>;
}

const Teams = ({ visible, teams }: TeamsProps): VNode => {
  const mayChange = visible.mayChange("teams:change");
  return (
    <>
      <PageHeading
        title="Teams"
        actions={mayChange && <LinkButton href={paths.addTeam(visible.at)}>Add team</LinkButton>}
      >
        A team is a group of members. It can have a role, which its members have in addition to their own.
      </PageHeading>
      {teams.items.length === 0 ? (
        <EmptyState title="There are no teams." icon="users">
          <p>
            {mayChange
              ? "Add a team, then choose its members."
              : visible.isOpen
                ? "Owners of the organization can add them."
                : nothingChanges}
          </p>
        </EmptyState>
      ) : (
        <ItemList
          label="Teams"
          items={teams.items.map(({ id, name, role, members }) => ({
            title: (
              <A href={paths.team({ ...visible.at, team: id })}>
                <Name name={name} />
              </A>
            ),
            note: members === 1 ? "1 member" : `${members.toLocaleString("en-GB")} members`,
            aside: role === null ? <span class="db-quiet">No role</span> : roles[role].name,
          }))}
        />
      )}
      <Pages label="Pages of teams" of={teams} />
    </>
  );
};
