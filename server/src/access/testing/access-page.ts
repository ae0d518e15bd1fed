/** Generates docs/access.md from the table of actions, so that the two can't differ. */
import { memberRoles, scopes } from "daybook/internal";
import { type Action, type Audience, actions, byPersonalToken, type Grant } from "../actions.ts";

const columns: readonly [Audience, string][] = [
  ["operator", "operator"],
  ...memberRoles.map((role): [Audience, string] => [role, role.toLowerCase()]),
];

const may = ({ people }: Grant, who: Audience): boolean =>
  people.includes(who) || people.includes("everyone") || people.includes("signed-in");

const viewers = ({ viewers: which }: Grant): string =>
  which === undefined ? "" : which === "of-a-target" ? "yes" : "of the whole log";

const row = (action: string, grant: Grant): string =>
  `| \`${action}\` | ${columns.map(([who]) => (may(grant, who) ? "yes" : "")).join(" | ")} | ${
    grant.scope === undefined ? "" : `\`${grant.scope}\``
  } | ${viewers(grant)} | ${byPersonalToken(grant) ? "yes" : ""} |`;

function table(where: Grant["where"]): string {
  const rows = (Object.entries(actions) as [Action, Grant][]).filter(([, grant]) => grant.where === where);
  return `| action | ${columns.map(([, word]) => word).join(" | ")} | scope of an API client | viewer session | personal token |
|---|${"---|".repeat(columns.length + 3)}
${rows.map(([action, grant]) => row(action, grant)).join("\n")}`;
}

/** The page. */
export const accessPage = (): string => `# Who may do what

Written from the table in \`server/src/access/actions.ts\` by \`npm run docs\`; every route names one of these actions, and a test tries
every route as everybody.

**People** sign in. An operator is support staff of the service and sees every organization; a member has one role in each organization
that they belong to, and besides it the roles of their teams there. Designers and consumers read the whole log without \`context\` (addresses, user agents,
request ids), and download nothing. Nobody else may: the answer is 403, or, where they may not even know of the
organization, 404 in the words for one that doesn't exist.

**API clients** act in their own organization, each by its scopes: ${scopes.map((scope) => `\`${scope}\``).join(", ")}. The operator token may what an operator may.

**Viewer sessions** are opened by a host application for one of its own users: they read as a member of their role would, and change nothing.
One about a single target sees the events of that target only, no saved views, and downloads nothing.

**Personal tokens** are made by a person, for programs that act as they may at that moment. The last column says what one does where its
holder may; the rest needs a session: one's own account, other tokens, API clients, viewer sessions, and what asks people to show once more who they
are. An operator's token may write events, as an operator may; a member's may not: that is for API clients.

## In an organization

${table("organization")}

## In the service

${table("service")}

\`sign-in\`, \`service:read\` and \`catalogue:read\` are open to everyone who reaches the port.
`;
