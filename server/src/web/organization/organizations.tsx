/** The organizations that a person can open: all for operators, for others their own, with their role. */

import type { MemberRole } from "daybook/internal";
import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { callerOf, whoseOrganizations } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { People } from "../../people/index.ts";
import { roles } from "../base/roles.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { NotificationBanner } from "../kit/components/notification-banner/notification-banner.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { addOrganizationAdding } from "./add-organization.tsx";
import { listed } from "./listed.ts";
import { type ListedItems, Pages } from "./members-content.tsx";

export function addOrganizations(app: FastifyInstance, web: Web): void {
  app.get(paths.organizations.route, page("organizations:list"), async (request, reply) => {
    const caller = callerOf(request);
    const whose = whoseOrganizations(caller);
    const memberships = caller.kind === "user" ? caller.memberships : [];
    const organizations = await listed(request, {
      path: paths.organizations(),
      read: (change) => web.services.people.organizations(whose, change),
      keyOf: ({ slug }) => slug,
    });
    const roleIn = new Map(memberships.map(({ organizationId, role }) => [organizationId, role]));
    return web.send(request, reply, {
      title: "Organizations",
      content: (
        <Organizations
          organizations={organizations}
          roleIn={roleIn}
          isAll={whose === "everything"}
          isUnnamed={whose === "everything" && app.publicUrl === undefined}
          seemsUncounted={whose === "everything" && app.seemsUncounted()}
          mayAdd={web.services.access.mayDo(caller, "organizations:add")}
        />
      ),
    });
  });

  addOrganizationAdding(app, web);
}

type ListedOrganization = Awaited<ReturnType<People["organizations"]>>[number];

interface OrganizationsProps {
  readonly organizations: ListedItems<ListedOrganization>;
  /** The reader's roles in them, by their numbers. */
  readonly roleIn: ReadonlyMap<number, MemberRole>;
  /** Whether the reader sees every organization. */
  readonly isAll: boolean;
  readonly mayAdd: boolean;
  /** Whether the reader is an operator and no public name is configured. */
  readonly isUnnamed: boolean;
  /** Whether there seems to be a proxy in front that isn't counted. */
  readonly seemsUncounted: boolean;
}

/** For operators: what strangers can do meanwhile, and what to set. */
const UncountedProxy = (): VNode => (
  <NotificationBanner id="uncounted-proxy">
    Requests come through a proxy that Daybook does not know about. Everyone appears to have the same address,
    so a stranger can lock everyone out of signing in. Set DAYBOOK_TRUSTED_PROXIES to the number of proxies.
    If there is no proxy, the header was forged, and you can ignore this message.
  </NotificationBanner>
);

/** Explains an unusual name in links and in the names of logs, which is not a mistake. */
const Unnamed = (): VNode => (
  <p class="db-quiet db-small db-apart">
    No public address is configured, so links in mail and invitations begin with this server&rsquo;s own
    address. To set the address, use DAYBOOK_PUBLIC_URL. A log whose name ends in .invalid was created without
    a public address.
  </p>
);

const Organizations = ({ seemsUncounted, isUnnamed, ...props }: OrganizationsProps): VNode => (
  <>
    {seemsUncounted && <UncountedProxy />}
    <AllOf {...props} />
    {isUnnamed && <Unnamed />}
  </>
);

const AllOf = ({
  organizations,
  roleIn,
  isAll,
  mayAdd,
}: Omit<OrganizationsProps, "seemsUncounted" | "isUnnamed">): VNode => (
  <>
    <PageHeading
      title="Organizations"
      actions={mayAdd && <LinkButton href={paths.addOrganization()}>Add organization</LinkButton>}
    >
      {isAll
        ? "All organizations of this service, by slug."
        : "The organizations that you are a member of, by slug."}
    </PageHeading>
    {organizations.items.length === 0 ? (
      <Nothing mayAdd={mayAdd} />
    ) : (
      <ItemList
        label="Organizations"
        items={organizations.items.map((organization) => ({
          title: (
            <A href={paths.activity({ org: organization.slug })}>
              <Name name={organization.name} />
            </A>
          ),
          note: organization.slug,
          aside: <Aside role={roleIn.get(organization.organizationId)} of={organization} />,
        }))}
      />
    )}
    <Pages label="Pages of organizations" of={organizations} />
  </>
);

/** The reader's role in it, and whether it is closed. */
const Aside = ({
  role,
  of,
}: {
  readonly role: MemberRole | undefined;
  readonly of: ListedOrganization;
}): VNode => (
  <div class="db-row">
    {role !== undefined && <span>{roles[role].name}</span>}
    {of.closedAt !== null && <Tag>Closed</Tag>}
  </div>
);

const Nothing = ({ mayAdd }: { readonly mayAdd: boolean }): VNode =>
  mayAdd ? (
    <EmptyState title="There are no organizations yet." icon="building">
      <p>Each organization has its own log. Add the first organization, then invite its first owner.</p>
    </EmptyState>
  ) : (
    <EmptyState title="There are no organizations that you can see." icon="building">
      <p>Ask an owner for an invitation. Your Daybook operator can add organizations.</p>
    </EmptyState>
  );
