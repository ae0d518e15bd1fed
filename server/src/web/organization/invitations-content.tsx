/** The open invitations of an organization, below its members. */
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { ListedInvitation } from "../../people/index.ts";
import { ownPartyName } from "../base/own-party.ts";
import { roles } from "../base/roles.ts";
import type { VisiblePage } from "../base/visible.ts";
import { Form } from "../kit/address/address.tsx";
import { Button } from "../kit/components/button/button.tsx";
import { Email } from "../kit/components/email/email.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { actionsColumn, RowActions, Table } from "../kit/components/table/table.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { Pages } from "./list-parts.tsx";
import type { ListedItems } from "./listed.ts";

interface InvitationsProps {
  readonly at: VisiblePage["at"];
  readonly invitations: ListedItems<ListedInvitation>;
  readonly mayChange: boolean;
  readonly isOpen: boolean;
  readonly zone: string;
}

export const Invitations = ({ at, invitations, mayChange, isOpen, zone }: InvitationsProps): VNode => (
  <>
    <h2 id="invitations">Open invitations</h2>
    {invitations.items.length === 0 ? (
      <p class="db-quiet">
        There are no open invitations.{isOpen && !mayChange ? " Owners can invite people." : ""}
      </p>
    ) : (
      <Table
        caption="Open invitations"
        captionHidden
        stacks
        columns={[
          { title: "Email" },
          { title: "Role", label: "Role" },
          { title: "Invited by", label: "Invited by" },
          { title: "Can be accepted until", label: "Can be accepted until" },
          ...(mayChange ? [actionsColumn] : []),
        ]}
        rows={invitations.items.map((invitation) => [
          <Email address={invitation.email} />,
          roles[invitation.role].name,
          <>
            <Name name={ownPartyName(invitation.invitedBy, true)} />,{" "}
            <Time at={invitation.createdAt} zone={zone} form="day" />
          </>,
          <Until invitation={invitation} zone={zone} />,
          ...(mayChange ? [<Withdraw at={at} invitation={invitation} />] : []),
        ])}
      />
    )}
    <Pages label="Pages of invitations" of={invitations} />
  </>
);

interface UntilProps {
  readonly invitation: ListedInvitation;
  readonly zone: string;
}

const Until = ({ invitation: { expiresAt, expired, inviterMay }, zone }: UntilProps): VNode => (
  <>
    <Time at={expiresAt} zone={zone} form="day" />{" "}
    {!inviterMay ? <Tag>Ended</Tag> : expired ? <Tag>Expired</Tag> : <Tag colour="blue">Open</Tag>}
    {!inviterMay && (
      <div class="db-quiet db-small">
        It can&rsquo;t be accepted, because the person who sent it can no longer invite anyone. Invite them
        again.
      </div>
    )}
  </>
);

const Withdraw = ({
  at,
  invitation,
}: Pick<InvitationsProps, "at"> & Pick<UntilProps, "invitation">): VNode => (
  <Form method="post" action={paths.withdrawInvitation(at)}>
    <input type="hidden" name="invitation" value={invitation.id} />
    <RowActions>
      <Button kind="secondary" size="small">
        <span>
          Withdraw<span class="govuk-visually-hidden"> the invitation of {invitation.email}</span>
        </span>
      </Button>
    </RowActions>
  </Form>
);
