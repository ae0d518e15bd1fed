/** The organizations that a person can open: all for operators, for others their own, with their role. */

import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { callerOf, whoseOrganizations } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { readerOf } from "../base/reader.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { LinkButton } from "../kit/components/button/button.tsx";
import { EmptyState } from "../kit/components/empty-state/empty-state.tsx";
import { Find } from "../kit/components/find/find.tsx";
import { NotificationBanner } from "../kit/components/notification-banner/notification-banner.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { addOrganizationAdding } from "./add-organization.tsx";
import { Nobody, Pages } from "./list-parts.tsx";
import { type ListedItems, listed } from "./listed.ts";
import { OrganizationsTable, type OrganizationsTableProps } from "./organizations-table.tsx";

export function addOrganizations(app: FastifyInstance, web: Web): void {
  app.get(paths.organizations.route, page("organizations:list"), async (request, reply) => {
    const caller = callerOf(request);
    const whose = whoseOrganizations(caller);
    const memberships = caller.kind === "user" ? caller.memberships : [];
    const { access, people } = web.services;
    const organizations = await listed(request, {
      path: paths.organizations(),
      isSearched: true,
      read: (change) => people.organizations(whose, change),
      keyOf: ({ slug }) => slug,
    });
    // who may list an organization may see how much it has, but not always who its members are
    const ids = organizations.items.map(({ organizationId }) => organizationId);
    const figures = await people.organizationFigures(ids, "everything");
    const roleIn = new Map(memberships.map(({ organizationId, role }) => [organizationId, role]));
    return web.send(request, reply, {
      title: "Organizations",
      hasTimes: true,
      content: (
        <Organizations
          list={organizations}
          organizations={organizations.items}
          figures={figures}
          roleIn={roleIn}
          maySeeMembers={(organization) => access.mayDo(caller, "members:read", organization)}
          zone={readerOf(request).zone}
          isAll={whose === "everything"}
          isUnnamed={whose === "everything" && app.publicUrl === undefined}
          seemsUncounted={whose === "everything" && app.seemsUncounted()}
          mayAdd={access.mayDo(caller, "organizations:add")}
        />
      ),
    });
  });

  addOrganizationAdding(app, web);
}

interface OrganizationsProps extends OrganizationsTableProps {
  readonly list: ListedItems<unknown>;
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
  list,
  isAll,
  mayAdd,
  ...table
}: Omit<OrganizationsProps, "seemsUncounted" | "isUnnamed">): VNode => (
  <>
    <PageHeading
      title="Organizations"
      actions={
        <>
          {(list.items.length > 0 || list.q !== undefined) && (
            <Find
              action={paths.organizations()}
              label="Search organizations"
              placeholder="Name or slug"
              value={list.q}
            />
          )}
          {mayAdd && <LinkButton href={paths.addOrganization()}>Add organization</LinkButton>}
        </>
      }
    >
      {isAll
        ? "All organizations of this service, by slug."
        : "The organizations that you are a member of, by slug."}
    </PageHeading>
    {list.items.length > 0 ? (
      <OrganizationsTable {...table} />
    ) : list.q !== undefined ? (
      <Nobody what="organizations" q={list.q} all={paths.organizations()} />
    ) : (
      <Nothing mayAdd={mayAdd} />
    )}
    <Pages label="Pages of organizations" of={list} />
  </>
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
