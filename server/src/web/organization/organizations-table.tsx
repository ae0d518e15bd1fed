/** The table of organizations: the reader's role in each, and how much each has. */
import type { MemberRole } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { People } from "../../people/index.ts";
import { roles } from "../base/roles.ts";
import { A } from "../kit/address/address.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Table } from "../kit/components/table/table.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { LastActive } from "./list-parts.tsx";

type ListedOrganization = Awaited<ReturnType<People["organizations"]>>[number];
type Figures = Awaited<ReturnType<People["organizationFigures"]>>;

export interface OrganizationsTableProps {
  readonly organizations: readonly ListedOrganization[];
  readonly figures: Figures;
  /** The reader's roles in them, by their numbers. */
  readonly roleIn: ReadonlyMap<number, MemberRole>;
  /** Whether the reader may see its members. */
  readonly maySeeMembers: (organization: ListedOrganization) => boolean;
  /** The reader's zone. */
  readonly zone: string;
}

export const OrganizationsTable = (props: OrganizationsTableProps): VNode => {
  const { organizations, figures, roleIn, zone } = props;
  const hasRoles = roleIn.size > 0;
  return (
    <Table
      caption="Organizations"
      captionHidden
      stacks
      columns={[
        { title: "Name" },
        ...(hasRoles ? [{ title: "Your role", label: "Your role" }] : []),
        { title: "Events", label: "Events", numeric: true },
        { title: "Members", label: "Members", numeric: true },
        { title: "Last event", label: "Last event" },
      ]}
      rows={organizations.map((organization) => {
        const { organizationId } = organization;
        const { events = 0n, lastRecordedAt } = figures.get(organizationId) ?? {};
        const role = roleIn.get(organizationId);
        return [
          <Organization of={organization} />,
          ...(hasRoles ? [role === undefined ? null : roles[role].name] : []),
          events.toLocaleString("en-GB"),
          <Members {...props} of={organization} />,
          <LastActive at={lastRecordedAt ?? undefined} zone={zone} />,
        ];
      })}
    />
  );
};

interface OneProps {
  readonly of: ListedOrganization;
}

const Organization = ({ of: { name, slug, closedAt } }: OneProps): VNode => (
  <>
    <A href={paths.activity({ org: slug })} class="db-break">
      <Name name={name} />
    </A>{" "}
    {closedAt !== null && <Tag>Closed</Tag>}
    <div class="db-quiet db-small">{slug}</div>
  </>
);

/** Their number, for readers who may see who they are. */
const Members = ({ of, figures, maySeeMembers }: OrganizationsTableProps & OneProps): VNode | null => {
  if (!maySeeMembers(of)) return null;
  const { members = 0 } = figures.get(of.organizationId) ?? {};
  if (members === 0) return <>0</>;
  return (
    <A href={paths.members({ org: of.slug })}>
      {members.toLocaleString("en-GB")}
      <span class="govuk-visually-hidden"> {members === 1 ? "member" : "members"}</span>
    </A>
  );
};
