/** The content of the page of an organization's members: members with their roles, and invitations. */

import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import type { ListedInvitation, Member } from "../../people/index.ts";
import { roles } from "../base/roles.ts";
import { nothingChanges, type VisiblePage } from "../base/visible.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { Email } from "../kit/components/email/email.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { Find } from "../kit/components/find/find.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { actionsColumn, RowActions, Table } from "../kit/components/table/table.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { Invitations } from "./invitations-content.tsx";
import { LastActive, Nobody, Pages } from "./list-parts.tsx";
import type { ListedItems } from "./listed.ts";

export interface MembersProps {
  /** The organization, for the paths of its pages. */
  readonly at: VisiblePage["at"];
  readonly members: ListedItems<Member>;
  /** The number of all members. */
  readonly count: number;
  /** When the last event of each occurred, by their ids. */
  readonly lastActive: ReadonlyMap<string, bigint>;
  readonly invitations: ListedItems<ListedInvitation>;
  readonly mayChange: boolean;
  /** Whether the reader may do it. */
  readonly isOpen: boolean;
  /** The id of the reader; undefined if it isn't a person. */
  readonly self: string | undefined;
  /** The reader's zone. */
  readonly zone: string;
}

export const Members = (props: MembersProps): VNode => {
  const { at, mayChange, members, count } = props;
  const path = paths.members(at);
  return (
    <>
      <PageHeading
        title="Members"
        actions={
          <>
            {count > 0 && (
              <Find action={path} label="Search members" placeholder="Name or email" value={members.q} />
            )}
            {mayChange && <LinkButton href={paths.invite(at)}>Invite someone</LinkButton>}
          </>
        }
      >
        {count === 1
          ? "1 person can see this organization."
          : `${count.toLocaleString("en-GB")} people can see this organization. Their roles say what they can do.`}
      </PageHeading>
      {members.items.length > 0 ? (
        <MemberTable {...props} />
      ) : members.q !== undefined ? (
        <Nobody what="members" q={members.q} all={path} />
      ) : (
        <EmptyState title="There are no members." icon="users">
          <p>{mayChange ? "Invite the first owner, who then manages the organization." : nothingChanges}</p>
        </EmptyState>
      )}
      <Pages label="Pages of members" of={members} />
      <Invitations {...props} />
    </>
  );
};

const MemberTable = (props: MembersProps): VNode => {
  const { at, members, lastActive, mayChange, zone } = props;
  const hasActions = mayChange || members.items.some(({ user }) => user.id === props.self);
  return (
    <Table
      caption="Members"
      captionHidden
      stacks
      columns={[
        { title: "Name" },
        { title: "Role", label: "Role" },
        { title: "Last active", label: "Last active" },
        { title: "Member since", label: "Member since" },
        ...(hasActions ? [actionsColumn] : []),
      ]}
      rows={members.items.map((member) => [
        <Person at={at} user={member.user} isSelf={member.user.id === props.self} />,
        <Role member={member} />,
        <LastActive at={lastActive.get(member.user.id)} zone={zone} />,
        <Time at={member.joinedAt} zone={zone} form="day" />,
        ...(hasActions ? [actionsOf(props, member)] : []),
      ])}
    />
  );
};

interface PersonProps extends Pick<MembersProps, "at"> {
  readonly user: Pick<Member["user"], "id" | "name" | "email">;
  /** Whether it is the reader. */
  readonly isSelf?: boolean;
}

/** A person's name, which leads to their page, and their address. */
export const Person = ({ at, user, isSelf = false }: PersonProps): VNode => (
  <>
    <A href={paths.person({ ...at, user: user.id })}>
      <Name name={user.name} />
    </A>{" "}
    {isSelf && <Tag colour="blue">You</Tag>}
    <div class="db-quiet db-small">
      <Email address={user.email} />
    </div>
  </>
);

const Role = ({ member: { role, teamRoles } }: { readonly member: Member }): VNode => (
  <>
    {roles[role].name}
    {teamRoles.length > 0 && (
      <div class="db-quiet db-small">By teams: {teamRoles.map((each) => roles[each].name).join(", ")}</div>
    )}
  </>
);

function actionsOf({ at, mayChange, self }: MembersProps, { user }: Member): ComponentChildren {
  const isOwn = user.id === self;
  if (!mayChange && !isOwn) return null;
  const one = { ...at, user: user.id };
  const name = <Name name={user.name} />;
  const look = { kind: "secondary", size: "small" } as const;
  return (
    <RowActions>
      {mayChange && (
        <LinkButton href={paths.memberRole(one)} {...look}>
          <span>
            Change role<span class="govuk-visually-hidden"> of {name}</span>
          </span>
        </LinkButton>
      )}
      {isOwn ? (
        <LinkButton href={paths.leave(at)} {...look}>
          Leave
        </LinkButton>
      ) : (
        <LinkButton href={paths.removeMember(one)} {...look}>
          <span>
            Remove<span class="govuk-visually-hidden"> {name}</span>
          </span>
        </LinkButton>
      )}
    </RowActions>
  );
}
