/** The teams of an organization, with their role and number of members; and the pages of each. */

import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { Team } from "../../people/index.ts";
import { readerOf } from "../base/reader.ts";
import { roles } from "../base/roles.ts";
import { page } from "../base/routes.ts";
import { nothingChanges, type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { Find } from "../kit/components/find/find.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Table } from "../kit/components/table/table.tsx";
import { LastActive, Nobody, Pages } from "./list-parts.tsx";
import { type ListedItems, listed } from "./listed.ts";
import { addTeamRemoval } from "./remove-team.tsx";
import { addTeam } from "./team.tsx";
import { addTeamForms } from "./team-form.tsx";
import { addTeamMembers } from "./team-members.tsx";

const sentences = { "team-removed": "Team removed." };

export function addTeams(app: FastifyInstance, web: Web): void {
  app.get(paths.teams.route, page("teams:read"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { people } = web.services;
    const { organizationId, rowScope } = visible.place;
    const [teams, figures] = await Promise.all([
      listed(request, {
        path: paths.teams(visible.at),
        isSearched: true,
        read: (change) => people.teams(visible.place, change),
        keyOf: ({ id }) => id,
      }),
      people.organizationFigures([organizationId], rowScope),
    ]);
    const last = await people.lastAboutTeams(
      visible.place,
      teams.items.map(({ id }) => id),
    );
    return web.send(request, reply, {
      title: "Teams",
      organization: visible.organization,
      section: "teams",
      sentences,
      hasTimes: true,
      content: (
        <Teams
          {...{ visible, teams, last }}
          count={figures.get(organizationId)?.teams ?? 0}
          zone={readerOf(request).zone}
        />
      ),
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
  /** The number of all teams. */
  readonly count: number;
  /** When the last event about each occurred, by their ids. */
  readonly last: ReadonlyMap<string, bigint>;
  /** The reader's zone. */
  readonly zone: string;
}

const Teams = (props: TeamsProps): VNode => {
  const { visible, teams, count } = props;
  const mayChange = visible.mayChange("teams:change");
  const path = paths.teams(visible.at);
  return (
    <>
      <PageHeading
        title="Teams"
        actions={
          <>
            {count > 0 && <Find action={path} label="Search teams" placeholder="Name" value={teams.q} />}
            {mayChange && <LinkButton href={paths.addTeam(visible.at)}>Add team</LinkButton>}
          </>
        }
      >
        {count > 0 && (count === 1 ? "1 team. " : `${count.toLocaleString("en-GB")} teams. `)}A team is a
        group of members. It can have a role, which its members have in addition to their own.
      </PageHeading>
      {teams.items.length > 0 ? (
        <TeamTable {...props} />
      ) : teams.q !== undefined ? (
        <Nobody what="teams" q={teams.q} all={path} />
      ) : (
        <NoTeams visible={visible} mayChange={mayChange} />
      )}
      <Pages label="Pages of teams" of={teams} />
    </>
  );
};

const TeamTable = ({ visible, teams, last, zone }: TeamsProps): VNode => (
  <Table
    caption="Teams"
    captionHidden
    stacks
    columns={[
      { title: "Name" },
      { title: "Role", label: "Role" },
      { title: "Members", label: "Members", numeric: true },
      { title: "Last event", label: "Last event" },
    ]}
    rows={teams.items.map(({ id, name, role, members }) => [
      <A href={paths.team({ ...visible.at, team: id })} class="db-break">
        <Name name={name} />
      </A>,
      role === null ? <span class="db-quiet">No role</span> : roles[role].name,
      members.toLocaleString("en-GB"),
      <LastActive at={last.get(id)} zone={zone} />,
    ])}
  />
);

const NoTeams = ({
  visible,
  mayChange,
}: Pick<TeamsProps, "visible"> & { readonly mayChange: boolean }): VNode => (
  <EmptyState title="There are no teams." icon="users">
    <p>
      {mayChange
        ? "Add a team, then choose its members."
        : visible.isOpen
          ? "Owners of the organization can add them."
          : nothingChanges}
    </p>
  </EmptyState>
);
