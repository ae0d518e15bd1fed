/** Adding members of the organization to a team: several together, chosen from those who aren't in it. */

import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Member, People } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { many, typedForm } from "../base/typed-form.ts";
import { afterOf } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { A, Form } from "../kit/address/address.tsx";
import { Button, ButtonGroup } from "../kit/components/button/button.tsx";
import { Checkboxes } from "../kit/components/checkboxes/checkboxes.tsx";
import { Email } from "../kit/components/email/email.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pages } from "./list-parts.tsx";
import { type ListedItems, listed } from "./listed.ts";
import { type VisibleTeam, visibleTeam } from "./visible-team.ts";

const title = "Add members to team";
const membersForm = typedForm({ user: many() });

export function addTeamMembers(app: FastifyInstance, web: Web): void {
  app.get(paths.addTeamMembers.route, page("teams:change"), async (request, reply) =>
    show(web, [request, reply], { ...(await visibleTeam(web, request)), typed: membersForm.nothing }),
  );

  app.post(paths.addTeamMembers.route, form("teams:change"), async (request, reply) => {
    const shown = await visibleTeam(web, request);
    const { typed } = membersForm.read(request);
    const change = { organization: shown.visible.organization, teamId: shown.team.id };
    const { initiator } = changeRequestOf(request);
    const work = async (): Promise<void> => {
      for (const userId of typed.user)
        await web.services.people.addTeamMember({ ...change, userId, initiator });
    };
    const done =
      typed.user.length === 0
        ? new RefusedForm(422, [{ field: "user", message: "Select who to add" }])
        : await web.attempt(work, { otherwise: "user" });
    if (done instanceof RefusedForm) return show(web, [request, reply], { ...shown, typed, refused: done });
    setFlash(reply, "team-members-added");
    return web.goTo(reply, paths.team(shown.at));
  });
}

interface TeamMembersView extends VisibleTeam {
  readonly typed: typeof membersForm.nothing;
  readonly refused?: RefusedForm;
}

async function show(web: Web, [request, reply]: Exchange, shown: TeamMembersView): Promise<FastifyReply> {
  const { visible, team, refused } = shown;
  const { people } = web.services;
  const action = paths.addTeamMembers(shown.at);
  const members = await listed(request, {
    path: action,
    read: (change) => people.members(visible.place, change),
    keyOf: ({ user }) => user.id,
  });
  const after = afterOf(request);
  const inIt = await idsInIt(people, shown, { after, limit: Math.max(1, members.items.length) });
  const others = members.items.filter(({ user }) => !inIt.has(user.id));
  return web.send(request, reply, {
    title,
    organization: visible.organization,
    section: "teams",
    width: "narrow",
    refused,
    content: (
      <>
        <BackLink href={paths.team(shown.at)}>Team</BackLink>
        <PageHeading title={title} caption={<bdi class="db-break">{marked(team.name)}</bdi>} />
        <Choice
          {...shown}
          others={others}
          members={members}
          action={after === undefined ? action : `${action}?after=${after}`}
        />
        <Pages label="Pages of members" of={members} />
      </>
    ),
  });
}

/** Both lists are in the order of ids: among the members of a page, there can be at most as many of the team's as the page has. */
async function idsInIt(
  people: Pick<People, "teamMembers">,
  { visible, team }: VisibleTeam,
  change: { readonly after: string | undefined; readonly limit: number },
): Promise<ReadonlySet<string>> {
  const found = await people.teamMembers({ ...visible.place, teamId: team.id }, change);
  return new Set(found.map(({ id }) => id));
}

interface MemberChoiceProps extends TeamMembersView {
  /** The members of the page who aren't in the team. */
  readonly others: readonly Member[];
  readonly members: ListedItems<Member>;
  /** The target of the form: this same page of members. */
  readonly action: string;
}

const Choice = ({ visible, at, others, members, action, typed, refused }: MemberChoiceProps): VNode => {
  if (others.length === 0)
    return (
      <EmptyState
        title={
          members.items.length === 0
            ? "The organization has no members."
            : members.first === undefined && members.next === undefined
              ? "All members are in this team."
              : "All members on this page are in this team."
        }
        icon="users"
      >
        <p>
          To add someone else, <A href={paths.invite(visible.at)}>invite them</A> into the organization first.
        </p>
      </EmptyState>
    );
  return (
    <Form method="post" action={action} novalidate>
      <Checkboxes
        {...membersForm.inputs(typed, refused)("user")}
        label="Who to add"
        choices={others.map(({ user, role }) => ({
          value: user.id,
          text: <Name name={user.name} />,
          hint: (
            <>
              <Email address={user.email} />, {roles[role].name}
            </>
          ),
        }))}
      />
      <ButtonGroup>
        <Button>Add to team</Button>
        <A href={paths.team(at)}>Cancel</A>
      </ButtonGroup>
    </Form>
  );
};
