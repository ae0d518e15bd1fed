/** The content of the account page. */

import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { OwnFactor, OwnToken, SignIn, UserAccount } from "../../sign-in/index.ts";
import { type Reader, zoneSaid } from "../base/reader.ts";
import { roles } from "../base/roles.ts";
import { Form } from "../kit/address/address.tsx";
import { Button } from "../kit/components/button/button.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryList, type SummaryRow } from "../kit/components/summary-list/summary-list.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { browserOf } from "./browser-name.ts";
import { Tokens } from "./personal-tokens/list.tsx";

type ListedSession = Awaited<ReturnType<SignIn["sessionsOf"]>>[number];

interface AccountProps {
  readonly account: UserAccount;
  readonly sessions: readonly ListedSession[];
  /** If undefined, there is no second factor. */
  readonly factor: OwnFactor | undefined;
  readonly tokens: readonly OwnToken[];
  readonly reader: Reader;
}

export const Overview = ({ account, sessions, factor, tokens, reader }: AccountProps): VNode => (
  <>
    <PageHeading title="Account" />
    <SummaryList rows={rowsOf(account, factor)} />
    <Tokens tokens={tokens} />
    <h2>Display settings</h2>
    <SummaryList
      rows={[
        {
          key: "Time zone",
          value: zoneSaid(reader, Date.now()) + zoneBy[reader.zoneBy],
          actions: [{ text: "Change", hidden: "time zone", href: paths.accountDisplay() }],
        },
        {
          key: "Theme",
          value: themeNames[reader.theme],
          actions: [{ text: "Change", hidden: "theme", href: `${paths.accountDisplay()}#theme` }],
        },
      ]}
    />
    <h2>Where you are signed in</h2>
    <ul class="db-sessions">
      {sessions.map((session) => (
        <OneSession session={session} isThisOne={session.id === account.session?.id} zone={reader.zone} />
      ))}
    </ul>
    <Form method="post" action={paths.signOutEverywhere()}>
      {tokens.length > 0 && <p class="db-quiet">If you sign out everywhere, your personal tokens end too.</p>}
      <Button kind="secondary">Sign out everywhere</Button>
    </Form>
  </>
);

const zoneBy = { choice: "", browser: ", same as this browser", nobody: ", until you choose another" };

export const themeNames = { auto: "Same as the system", light: "Light", dark: "Dark" };

function rowsOf(
  { user, hasPassword, memberships }: UserAccount,
  factor: OwnFactor | undefined,
): SummaryRow[] {
  const change = (what: string, href: string): SummaryRow["actions"] => [
    { text: "Change", hidden: what, href },
  ];
  const places = memberships.map(({ organization, role }) => (
    <div>
      <Name name={organization.name} /> <span class="db-quiet">({roles[role].name})</span>
    </div>
  ));
  return [
    { key: "Name", value: <Name name={user.name} />, actions: change("name", paths.accountName()) as [] },
    { key: "Email address", value: user.email },
    ...(hasPassword
      ? [{ key: "Password", value: "Set", actions: change("password", paths.accountPassword()) as [] }]
      : []),
    ...(hasPassword ? factorRows(factor) : []),
    ...(user.isOperator ? [{ key: "Operator", value: "Sees every organization" }] : []),
    { key: "Organizations", value: places.length === 0 ? "None" : places },
  ];
}

function factorRows(factor: OwnFactor | undefined): SummaryRow[] {
  const key = "Second factor";
  if (factor === undefined)
    return [
      { key, value: "None", actions: [{ text: "Add", hidden: "a second factor", href: paths.addFactor() }] },
    ];
  return [
    {
      key,
      value: "Authenticator app",
      actions: [{ text: "Remove", hidden: "the authenticator app", href: paths.removeFactor() }],
    },
    {
      key: "Recovery codes",
      value: `${factor.recoveryCodes} left`,
      actions: [{ text: "Renew", hidden: "recovery codes", href: paths.renewRecoveryCodes() }],
    },
  ];
}

interface OneSessionProps {
  readonly session: ListedSession;
  readonly isThisOne: boolean;
  readonly zone: string;
}

const OneSession = ({ session, isThisOne, zone }: OneSessionProps): VNode => (
  <li class="db-sessions__item">
    <div>
      <div class="db-row">
        {browserOf(session.userAgent)}
        {isThisOne && <Tag colour="green">This session</Tag>}
      </div>
      <div class="db-quiet db-small">
        Since <Time at={session.createdAt} zone={zone} />, until{" "}
        <Time at={session.expiresAt} zone={zone} form="day" />
      </div>
    </div>
    {!isThisOne && (
      <Form method="post" action={paths.endSession()}>
        <input type="hidden" name="session" value={session.id} />
        <Button kind="link">
          End
          <span class="govuk-visually-hidden">
            {" "}
            the session in {browserOf(session.userAgent)} since <Time at={session.createdAt} zone={zone} />
          </span>
        </Button>
      </Form>
    )}
  </li>
);
