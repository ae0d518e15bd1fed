/**
 * `daybook api-clients …`: reading and changing an organization's API clients. `api-client-tokens.ts` has the commands that print a token.
 */

import { apiClientText } from "./api-client-text.ts";
import { add, rotate } from "./api-client-tokens.ts";
import type { Command, Running } from "./command.ts";
import { argumentsOf, clientOf, textOf } from "./options.ts";
import { paintFor } from "./paint.ts";
import { limitHelp, limitOf, limitOptions, printEvents } from "./search.ts";

const list: Command = {
  name: "api-clients list",
  summary: "print the API clients, newest first",
  help: `Usage: daybook api-clients list [options]

Prints the organization's API clients, newest first, including revoked and expired clients but not deleted ones.
Requires the token of an owner or an operator.

  --json               print one JSON object per line

Examples:
  daybook api-clients list
  daybook api-clients list --json | jq -r 'select(.expiresWithinDays != null) | .name'`,
  options: {},
  async run({ values, positionals, io, out }) {
    argumentsOf(positionals);
    const paint = paintFor(io);
    let printed = 0;
    for await (const client of clientOf(values, io).apiClients.list({ signal: out.signal })) {
      await (values.json ? out.json(client) : out.line(apiClientText(client, paint)));
      printed++;
    }
    if (printed === 0) out.notice("There are no API clients.");
    return 0;
  },
};

const rename: Command = {
  name: "api-clients rename",
  summary: "rename an API client",
  help: `Usage: daybook api-clients rename CLIENT NAME [options]

Renames an API client (by id, client_…). The name has 1 to 100 characters and must be unique in the organization. The
client's tokens keep working.

  --json               print the client as JSON

Example:
  daybook api-clients rename client_bq3x5zn6cq2lplmu4rtj2yjduu 'Register sandbox'`,
  options: {},
  async run(running) {
    const { values, positionals, io, out } = running;
    const [id, name] = argumentsOf(positionals, "CLIENT", "NAME");
    const renamed = await clientOf(values, io).apiClients.rename(id, name, { signal: out.signal });
    return print(renamed, running);
  },
};

const revoke: Command = {
  name: "api-clients revoke",
  summary: "revoke an API client permanently",
  help: `Usage: daybook api-clients revoke CLIENT [options]

Revokes an API client (by id, client_…). Its tokens are refused from the next request on. The client stays in the list.
You can't undo this.

  --reason TEXT        the reason, recorded in the log
  --json               print the client as JSON

Example:
  daybook api-clients revoke client_bq3x5zn6cq2lplmu4rtj2yjduu --reason 'Ticket 43'`,
  options: { reason: { type: "string" } },
  async run(running) {
    const { values, positionals, io, out } = running;
    const [id] = argumentsOf(positionals, "CLIENT");
    const reason = textOf(values, "reason");
    const request = { ...(reason === undefined ? {} : { reason }), signal: out.signal };
    return print(await clientOf(values, io).apiClients.revoke(id, request), running);
  },
};

const remove: Command = {
  name: "api-clients delete",
  summary: "revoke an API client and remove it from the list",
  help: `Usage: daybook api-clients delete CLIENT [options]

Deletes an API client (by id, client_…). Its tokens stop working, it disappears from the list, and its name becomes
available again. Its history stays in the log. You can't undo this.

  --reason TEXT        the reason, recorded in the log

Example:
  daybook api-clients delete client_bq3x5zn6cq2lplmu4rtj2yjduu --reason 'Ticket 43'`,
  options: { reason: { type: "string" } },
  async run({ values, positionals, io, out }) {
    const [id] = argumentsOf(positionals, "CLIENT");
    const reason = textOf(values, "reason");
    await clientOf(values, io).apiClients.delete(id, { reason, signal: out.signal });
    out.notice(`${id} is deleted.`);
    return 0;
  },
};

const history: Command = {
  name: "api-clients history",
  summary: "print what Daybook did to an API client, newest first",
  help: `Usage: daybook api-clients history CLIENT [options]

Prints what Daybook did to an API client (by id, client_…), newest first. This works for deleted clients too.

  --reported           print what others reported about the client instead, which Daybook did not see happen
${limitHelp}

Example:
  daybook api-clients history client_bq3x5zn6cq2lplmu4rtj2yjduu --all`,
  options: { ...limitOptions, reported: { type: "boolean" } },
  async run(running) {
    const { values, positionals, io, out } = running;
    const [id] = argumentsOf(positionals, "CLIENT");
    const limit = limitOf(values);
    const recordedBy = values.reported ? ("others" as const) : ("daybook" as const);
    const request = { limit: Math.min(limit, 500), signal: out.signal, recordedBy };
    return printEvents(clientOf(values, io).apiClients.history(id, request), limit, running);
  },
};

async function print(
  client: Parameters<typeof apiClientText>[0],
  { values, io, out }: Running,
): Promise<number> {
  await (values.json ? out.json(client) : out.line(apiClientText(client, paintFor(io))));
  return 0;
}

export const apiClientCommands: readonly Command[] = [list, add, rename, rotate, revoke, remove, history];
