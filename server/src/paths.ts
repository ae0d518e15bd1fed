/**
 * The paths of all pages, in one table: the pattern that a route has, and the function that makes the path for a link, a form, a redirect
 * or a mail. Paths contain only ids and slugs, and no names of people. `addressesFor` puts them below the base path and the frame.
 */

const pages = {
  start: "/",
  gallery: "/gallery",
  asset: "/assets/:file",
  documentation: "/docs",
  operation: "/docs/operations/:operation",
  errors: "/docs/errors",

  // signing in and out
  setUp: "/set-up",
  signIn: "/sign-in",
  signInCode: "/sign-in/code",
  signInOpenId: "/sign-in/openid",
  signOut: "/sign-out",
  signOutOpenId: "/sign-out/openid",
  signedOut: "/signed-out",
  password: "/password",
  invitation: "/invitation",
  acceptInvitation: "/invitation/accept",
  reauthenticate: "/reauthenticate",
  reauthenticateOpenId: "/reauthenticate/openid",

  // a person's account
  account: "/account",
  accountName: "/account/name",
  accountPassword: "/account/password",
  accountDisplay: "/account/display",
  endSession: "/account/sessions/end",
  signOutEverywhere: "/account/sign-out-everywhere",
  addFactor: "/account/second-factor/add",
  removeFactor: "/account/second-factor/remove",
  renewRecoveryCodes: "/account/second-factor/recovery-codes",
  addToken: "/account/tokens/add",
  endToken: "/account/tokens/:token/end",

  // the service
  allActivity: "/activity",
  eventTypes: "/event-types",
  organizations: "/orgs",
  addOrganization: "/orgs/add",
  operators: "/operators",
  addOperator: "/operators/add",
  operatorLink: "/operators/:user/link",
  removeOperator: "/operators/:user/remove",
  operatorToken: "/operator-token",
  replaceOperatorToken: "/operator-token/replace",

  // an organization
  organization: "/orgs/:org",
  activity: "/orgs/:org/activity",
  event: "/orgs/:org/events/:id",
  actor: "/orgs/:org/actors/:type/:id",
  target: "/orgs/:org/targets/:type/:id",
  savedViews: "/orgs/:org/views",
  saveView: "/orgs/:org/views/add",
  changeView: "/orgs/:org/views/:view/change",
  deleteView: "/orgs/:org/views/:view/delete",
  clients: "/orgs/:org/api-clients",
  addClient: "/orgs/:org/api-clients/add",
  client: "/orgs/:org/api-clients/:client",
  renameClient: "/orgs/:org/api-clients/:client/name",
  rotateClient: "/orgs/:org/api-clients/:client/rotate",
  revokeClient: "/orgs/:org/api-clients/:client/revoke",
  deleteClient: "/orgs/:org/api-clients/:client/delete",
  members: "/orgs/:org/members",
  invite: "/orgs/:org/members/invite",
  withdrawInvitation: "/orgs/:org/invitations/withdraw",
  memberRole: "/orgs/:org/members/:user/role",
  removeMember: "/orgs/:org/members/:user/remove",
  leave: "/orgs/:org/leave",
  person: "/orgs/:org/people/:user",
  teams: "/orgs/:org/teams",
  addTeam: "/orgs/:org/teams/add",
  team: "/orgs/:org/teams/:team",
  changeTeam: "/orgs/:org/teams/:team/change",
  removeTeam: "/orgs/:org/teams/:team/remove",
  addTeamMembers: "/orgs/:org/teams/:team/members/add",
  removeTeamMember: "/orgs/:org/teams/:team/members/remove",
  settings: "/orgs/:org/settings",
  settingsDetails: "/orgs/:org/settings/details",
  settingsDownload: "/orgs/:org/settings/download",
  closeOrganization: "/orgs/:org/settings/close",
  viewerSessions: "/orgs/:org/viewer-sessions",
  endViewerSession: "/orgs/:org/viewer-sessions/end",
  organizationEventTypes: "/orgs/:org/event-types",

  // the log within pages of host applications
  view: "/view",
  viewStyle: "/view/look.css",
  viewSession: "/view/:session",
} as const;

/** The addresses of the API to which pages lead. The API declares its own routes. */
const api = {
  openApi: "/openapi.json",
  allEvents: "/v1/events",
  events: "/v1/organizations/:org/events",
  event: "/v1/organizations/:org/events/:id",
  histogram: "/v1/organizations/:org/events/histogram",
  allHistogram: "/v1/events/histogram",
  suggestions: "/v1/organizations/:org/events/suggestions",
  breakdown: "/v1/organizations/:org/events/breakdown",
  auditLog: "/v1/organizations/:org/audit-log.:format",
  signInOpenId: "/v1/sign-in/openid",
} as const;

type NamesIn<Route extends string> = Route extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<Rest>
  : Route extends `${string}:${infer Name}`
    ? Name
    : never;

/** The parameters of a route, by name. */
type ParametersOf<Route extends string> = { readonly [Name in NamesIn<Route>]: string };

/** Makes a path from its parameters, which it encodes. */
interface PagePath<Route extends string = string> {
  (...parameters: [NamesIn<Route>] extends [never] ? [] : [ParametersOf<Route>]): string;
  /** The pattern for the router, such as `/orgs/:org/activity`. */
  readonly route: Route;
}

type Paths<Routes extends Readonly<Record<string, string>>> = {
  readonly [Name in keyof Routes]: PagePath<Routes[Name]>;
};

/** Nearly all values need no encoding, and a page has a hundred of them. */
const encoded = (value: string): string => (/^[\w.-]*$/.test(value) ? value : encodeURIComponent(value));

function pathOf<Route extends string>(route: Route): PagePath<Route> {
  // texts and names of parameters take turns
  const [first = "", ...pieces] = route.split(/:(\w+)/);
  const path = (parameters: Readonly<Record<string, string>> = {}): string => {
    let path = first;
    for (let at = 0; at < pieces.length; at += 2)
      path += encoded(parameters[pieces[at] as string] ?? "") + (pieces[at + 1] as string);
    return path;
  };
  return Object.assign(path, { route }) as unknown as PagePath<Route>;
}

const pathsOf = <Routes extends Readonly<Record<string, string>>>(routes: Routes): Paths<Routes> =>
  Object.fromEntries(
    Object.entries(routes).map(([name, route]) => [name, pathOf(route)]),
  ) as unknown as Paths<Routes>;

/** Every page and form. */
export const paths: Paths<typeof pages> = pathsOf(pages);

/** What pages use of the API. */
export const apiPaths: Paths<typeof api> = pathsOf(api);
