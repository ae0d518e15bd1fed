/** Who a person is to the organization, in a sentence. */
import type { RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { roles } from "../base/roles.ts";
import { occurredAtOf } from "../event-card/occurred-at.ts";
import { A } from "../kit/address/address.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Time } from "../kit/components/time/time.tsx";
import type { PersonPageProps } from "./person-props.ts";

/** "Auditor of Acme since 21 May 2026" */
export function standingOf({ person, visible, zone }: PersonPageProps): ComponentChildren {
  const { member, ended, isDaybooks, seesMembers } = person;
  const organization = <Name name={visible.organization.name} />;
  if (member !== undefined)
    return (
      <>
        {roles[member.role].name} of {organization}, a member since{" "}
        <Time at={member.joinedAt} zone={zone} form="day" />.
      </>
    );
  if (ended !== undefined) return <Ended event={ended} zone={zone} />;
  if (!isDaybooks)
    return "They have no account in Daybook. Everything here comes from the events that others recorded.";
  return seesMembers ? <>They are not a member of {organization}.</> : undefined;
}

const Ended = ({ event, zone }: { readonly event: RecordedEvent; readonly zone: string }): VNode => {
  const { data = {}, organization, id } = event;
  return (
    <>
      No longer a member since{" "}
      <A href={paths.event({ org: organization.slug, id })}>
        <Time at={occurredAtOf(event)} zone={zone} />
      </A>
      : {data.how === "LEFT" ? "they left" : "they were removed"}.
    </>
  );
};
