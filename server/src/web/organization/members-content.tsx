/** The content of the page of an organization's members: members with their roles, and invitations. */

import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import type { ListedInvitation, Member } from "../../people/index.ts";
import { ownPartyName } from "../base/own-party.ts";
import { roles } from "../base/roles.ts";
import { nothingChanges, type VisiblePage } from "../base/visible.ts";
import { A, Form } from "../kit/address/address.tsx";
import { Button, LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { Time } from "../kit/components/time/time.tsx";

/** A page of a list: its items, and the addresses of its neighbors. */
export interface ListedItems<T> {
  readonly items: readonly T[];
  readonly first: string | undefined;
  readonly next: string | undefined;
}

export interface MembersProps {
  /** The organization, for the paths of its pages. */
  readonly at: VisiblePage["at"];
  readonly members: ListedItems<Member>;
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
  const { at, mayChange, members, zone } = props;
  return (
    <>
      <PageHeading
        title="Members"
        actions={mayChange && <LinkButton href={paths.invite(at)}>Invite someone</LinkButton>}
      >
        The people who can see this organization, and what they can do.
      </PageHeading>
      {members.items.length === 0 ? (
        <EmptyState title="There are no members." icon="users">
          <p>{mayChange ? "Invite the first owner, who then manages the organization." : nothingChanges}</p>
        </EmptyState>
      ) : (
        <ItemList
          label="Members"
          items={members.items.map((member) => ({
            title: (
              <>
                <Name name={member.user.name} />{" "}
                {member.user.id === props.self && <Tag colour="blue">You</Tag>}
              </>
            ),
            note: (
              <>
                {member.user.email}, since <Time at={member.joinedAt} zone={zone} form="day" />
              </>
            ),
            aside: <Role member={member} />,
            actions: actionsOf(props, member),
          }))}
        />
      )}
      <Pages label="Pages of members" of={members} />
      <Invitations {...props} />
    </>
  );
};

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
  if (!mayChange && !isOwn) return undefined;
  const one = { ...at, user: user.id };
  const name = <Name name={user.name} />;
  const whose = <span class="govuk-visually-hidden"> of {name}</span>;
  return (
    <>
      {mayChange && <A href={paths.memberRole(one)}>Change role{whose}</A>}
      {isOwn ? (
        <A href={paths.leave(at)}>Leave</A>
      ) : (
        <A href={paths.removeMember(one)}>
          Remove<span class="govuk-visually-hidden"> {name}</span>
        </A>
      )}
    </>
  );
}

interface PagesProps {
  /** The label of the pages. */
  readonly label: string;
  readonly of: Omit<ListedItems<unknown>, "items">;
}

export const Pages = ({ label, of: { first, next } }: PagesProps): VNode => (
  <Pagination newer={first} older={next} label={label} words={{ newer: "First", older: "Next" }} />
);

const Invitations = ({ at, invitations, mayChange, isOpen, zone }: MembersProps): VNode => (
  <>
    <h2 id="invitations">Open invitations</h2>
    {invitations.items.length === 0 ? (
      <p class="db-quiet">
        There are no open invitations.{isOpen && !mayChange ? " Owners can invite people." : ""}
      </p>
    ) : (
      <ItemList
        label="Open invitations"
        items={invitations.items.map((invitation) => ({
          title: invitation.email,
          note: (
            <>
              Invited by <Name name={ownPartyName(invitation.invitedBy)} /> on{" "}
              <Time at={invitation.createdAt} zone={zone} form="day" />,{" "}
              {isUsable(invitation) ? "can be accepted until" : "could be accepted until"}{" "}
              <Time at={invitation.expiresAt} zone={zone} form="day" />
              {!invitation.inviterMay &&
                ". It can't be accepted, because the person who sent it can no longer invite anyone. Invite them again"}
            </>
          ),
          aside: (
            <div class="db-row">
              {roles[invitation.role].name}
              <State {...invitation} />
            </div>
          ),
          actions: mayChange && <Withdraw at={at} invitation={invitation} />,
        }))}
      />
    )}
    <Pages label="Pages of invitations" of={invitations} />
  </>
);

const isUsable = ({ expired, inviterMay }: ListedInvitation): boolean => !expired && inviterMay;

const State = ({ expired, inviterMay }: ListedInvitation): VNode => {
  if (!inviterMay) return <Tag>Ended</Tag>;
  return expired ? <Tag>Expired</Tag> : <Tag colour="blue">Open</Tag>;
};

const Withdraw = ({
  at,
  invitation,
}: {
  readonly at: VisiblePage["at"];
  readonly invitation: ListedInvitation;
}): VNode => (
  <Form method="post" action={paths.withdrawInvitation(at)}>
    <input type="hidden" name="invitation" value={invitation.id} />
    <Button kind="link">
      Withdraw<span class="govuk-visually-hidden"> the invitation of {invitation.email}</span>
    </Button>
  </Form>
);
