/** The content of an organization's settings page: its details, the download of its log, the reader's own membership. */

import type { MemberRole } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { roles } from "../base/roles.ts";
import type { VisiblePage } from "../base/visible.ts";
import { A } from "../kit/address/address.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { NotificationBanner } from "../kit/components/notification-banner/notification-banner.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryCard, type SummaryRow } from "../kit/components/summary-list/summary-list.tsx";

interface SettingsProps {
  readonly visible: VisiblePage;
  /** The reader's role here; undefined if they aren't a member. */
  readonly role: MemberRole | undefined;
  /** The default download. */
  readonly usual: string;
  /** The form of the download, or why there is none. */
  readonly children: ComponentChildren;
}

export const Settings = ({ visible, role, usual, children }: SettingsProps): VNode => {
  const { organization, at } = visible;
  const mayChange = visible.mayChange("organization:change");
  return (
    <>
      {organization.closedAt !== null && (
        <NotificationBanner id="closed">
          This organization is closed. Its log can be read, but no events can be added.
        </NotificationBanner>
      )}
      <PageHeading title="Settings" />
      <h2 id="download">Download logs</h2>
      <p>
        The audit log as a file: who did what, and when. By default, the file covers the last 90 days, as{" "}
        {usual}. You can choose other days, event types and formats.
      </p>
      {children}
      <SummaryCard
        title="Organization"
        actions={mayChange ? [{ text: "Change", hidden: "details", href: paths.settingsDetails(at) }] : []}
        rows={rowsOf(visible)}
      />
      {!mayChange && visible.isOpen && (
        <p class="db-quiet db-small">Owners of the organization can change these details.</p>
      )}
      {visible.may("viewer-sessions:read") && (
        <>
          <h2>Viewer sessions</h2>
          <p>
            Applications can show this log to their own users:{" "}
            <A href={paths.viewerSessions(at)}>see and end open sessions</A>.
          </p>
        </>
      )}
      {visible.may("event-types:read") && (
        <>
          <h2>Event types</h2>
          <p>
            What this log can contain, including the organization&rsquo;s own types:{" "}
            <A href={paths.organizationEventTypes(at)}>see all event types</A>.
          </p>
        </>
      )}
      {role !== undefined && <Membership role={role} />}
      <DangerZone visible={visible} isMember={role !== undefined} />
    </>
  );
};

const NotEntered = (): VNode => <span class="db-quiet">Not entered</span>;

function rowsOf({ organization }: VisiblePage): SummaryRow[] {
  const { name, slug, description, email, location, website } = organization;
  return [
    { key: "Name", value: <Name name={name} /> },
    {
      key: "Description",
      value: description === null ? <NotEntered /> : <bdi class="db-lines">{marked(description, true)}</bdi>,
    },
    { key: "Email address", value: email === null ? <NotEntered /> : marked(email) },
    { key: "Location", value: location === null ? <NotEntered /> : <Name name={location} /> },
    {
      key: "Website",
      value:
        website === null ? (
          <NotEntered />
        ) : (
          <A href={website} rel="noopener noreferrer nofollow">
            {marked(website)}
          </A>
        ),
    },
    { key: "Slug", value: <code>{slug}</code> },
  ];
}

const Membership = ({ role }: { readonly role: MemberRole }): VNode => (
  <>
    <h2>Your membership</h2>
    <p>
      Your role here is {roles[role].name}.<span class="db-quiet"> {roles[role].may}.</span>
    </p>
  </>
);

interface DangerZoneProps extends Pick<SettingsProps, "visible"> {
  readonly isMember: boolean;
}

/** What can't be undone. */
const DangerZone = ({ visible, isMember }: DangerZoneProps): VNode | null => {
  const mayLeave = isMember && visible.mayChange("membership:end");
  const mayClose = visible.mayChange("organization:close");
  if (!mayLeave && !mayClose) return null;
  return (
    <>
      <h2 id="danger-zone">Danger zone</h2>
      {mayLeave && (
        <p>
          <A href={paths.leave(visible.at)}>Leave the organization</A>: you see nothing of it after that.
        </p>
      )}
      {mayClose && (
        <p>
          <A href={paths.closeOrganization(visible.at)}>Close the organization</A>: its log can still be read,
          but nobody can record events.
        </p>
      )}
    </>
  );
};
