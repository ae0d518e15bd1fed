/** `daybook api-clients add` and `rotate`: the commands that print a new token, once, on stdout. */
import { type IssuedApiClient, type Scope, scopes } from "../resources/index.ts";
import { apiClientText } from "./api-client-text.ts";
import type { Command, Running } from "./command.ts";
import { argumentsOf, clientOf, dayOf, textsOf, usage, type Values, wholeOf } from "./options.ts";
import { paintFor } from "./paint.ts";

/** Prints the client on stderr and its token on stdout; with --json, prints everything on stdout. */
async function printIssued(issued: IssuedApiClient, { values, io, out }: Running): Promise<number> {
  const { token, id } = issued;
  if (values.json) await out.json(issued);
  else out.notice(apiClientText(issued, paintFor(io)));
  if (token === undefined) {
    out.notice(
      "The request succeeded, but the response with the token was lost, and Daybook does not store tokens.",
    );
    out.notice(`Create another token: daybook api-clients rotate ${id}`);
    return 1;
  }
  if (values.json) return 0;
  out.notice("The token, shown only once:");
  await out.line(token);
  return 0;
}

function scopesOf(values: Values): Scope[] {
  const request = textsOf(values, "scope") ?? [];
  if (request.length === 0) throw usage(`--scope is missing: choose from ${scopes.join(", ")}.`);
  return request.map((text) => {
    const scope = scopes.find((each) => each === text);
    if (scope === undefined) throw usage(`--scope takes ${scopes.join(", ")}.`);
    return scope;
  });
}

export const add: Command = {
  name: "api-clients add",
  summary: "add an API client and print its token",
  help: `Usage: daybook api-clients add NAME --expires-on DAY --scope SCOPE [options]

Adds an API client and prints its token to stdout. The token is shown only once, because Daybook does not store tokens.
Everything else goes to stderr. You can't change the scopes and the expiry date later. Requires the token of an owner or
an operator.

  --expires-on DAY     the last day (UTC) on which the client works: 2027-05-31, or 180d from now; at most 12 months ahead
  --scope SCOPE        what the client can do; repeat the option for more scopes:
                         events:write         record events
                         events:read          search, follow, open viewer sessions
                         events:import        record events that are more than 7 days old
                         audit-log:download   download the audit log
                         event-types:write    register event types
  --json               print the client with its token as JSON

Examples:
  daybook api-clients add Portal --expires-on 180d --scope events:write --scope events:read > portal-token
  DAYBOOK_TOKEN=$(cat portal-token) daybook search`,
  options: { "expires-on": { type: "string" }, scope: { type: "string", multiple: true } },
  async run(running) {
    const { values, positionals, io, out } = running;
    const [name] = argumentsOf(positionals, "NAME");
    const expiresOn = dayOf(values, "expires-on");
    if (expiresOn === undefined)
      throw usage("--expires-on DAY is missing: set the last day on which the client works.");
    const wanted = { name, expiresOn, scopes: scopesOf(values) };
    return printIssued(await clientOf(values, io).apiClients.add(wanted, { signal: out.signal }), running);
  },
};

export const rotate: Command = {
  name: "api-clients rotate",
  summary: "give an API client a new token and print it",
  help: `Usage: daybook api-clients rotate CLIENT [options]

Gives an API client (by id, client_…) a new token and prints it to stdout. The token is shown only once. The old tokens
stop working immediately, or after --overlap.

  --overlap MINUTES    how long the old tokens keep working: 0 (default) to 10080, which is a week
  --json               print the client with its token as JSON

Examples:
  daybook api-clients rotate client_bq3x5zn6cq2lplmu4rtj2yjduu
  daybook api-clients rotate client_bq3x5zn6cq2lplmu4rtj2yjduu --overlap 60 > portal-token`,
  options: { overlap: { type: "string" } },
  async run(running) {
    const { values, positionals, io, out } = running;
    const [id] = argumentsOf(positionals, "CLIENT");
    const overlapMinutes = wholeOf(values, "overlap", { min: 0, max: 10_080, fallback: 0 });
    const request = { overlapMinutes, signal: out.signal };
    return printIssued(await clientOf(values, io).apiClients.rotate(id, request), running);
  },
};
