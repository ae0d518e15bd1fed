/** `daybook event-types …`: listing event types, and registering custom ones. */
import type { EventType, EventTypeDefinition } from "../catalogue/index.ts";
import { isObject, readJson } from "../event/index.ts";
import type { Command } from "./command.ts";
import { jsonTexts, open } from "./input.ts";
import { argumentsOf, clientOf, usage, wholeOf } from "./options.ts";
import { printable } from "./paint.ts";

const line = ({ name, version, title, about }: EventType): string => {
  const which = about === "custom" ? ` (custom, version ${version})` : "";
  return printable(`${name}  ${title}${which}`);
};

const list: Command = {
  name: "event-types list",
  summary: "print the event types that can be recorded",
  help: `Usage: daybook event-types list [options]

Prints the event types that the organization can use: first the catalogue's, then custom types by name.

  --json               print one JSON object per line

Examples:
  daybook event-types list
  daybook event-types list --json | jq -r 'select(.about == "custom") | .name'`,
  options: {},
  async run({ values, positionals, io, out }) {
    argumentsOf(positionals);
    for await (const type of clientOf(values, io).eventTypes.list({ signal: out.signal }))
      await out.line(values.json ? JSON.stringify(type) : line(type));
    return 0;
  },
};

const show: Command = {
  name: "event-types show",
  summary: "print one event type as JSON",
  help: `Usage: daybook event-types show NAME [options]

Prints an event type as JSON, with the schema of its data and an example.

  --version N          print this version (default: the newest)

Examples:
  daybook event-types show API_CLIENT_REVOKED
  daybook event-types show s3.amazonaws.com/PutObject --version 2 | jq .data`,
  options: { version: { type: "string" } },
  async run({ values, positionals, io, out }) {
    const [name] = argumentsOf(positionals, "NAME");
    const version = wholeOf(values, "version", { min: 1, max: 1_000_000, fallback: 0 });
    const options = { signal: out.signal, ...(version > 0 && { version }) };
    const type = await clientOf(values, io).eventTypes.get(name, options);
    await out.line(values.json ? JSON.stringify(type) : JSON.stringify(type, null, 2));
    return 0;
  },
};

const register: Command = {
  name: "event-types register",
  summary: "register custom event types from a file",
  help: `Usage: daybook event-types register FILE|- [options]

Registers the event types in a file (- for stdin): one definition, or one per line (NDJSON). Each definition becomes the
next version of its name. A definition that is already registered changes nothing. With --org daybook, the types are
registered for the whole service, so that every organization has them. Names are public and permanent.

Requires the token of an owner or an operator, or of an API client with the scope event-types:write.

  --json               print the registered types, one JSON object per line

Example:
  echo '{"name":"invoice.paid","title":"Invoice paid","sentence":"{actor} paid {target}"}' | daybook event-types register -`,
  options: {},
  async run({ values, positionals, io, out }) {
    const [path] = argumentsOf(positionals, "FILE");
    const client = clientOf(values, io);
    let registered = 0;
    for await (const { text } of jsonTexts(open(path, io))) {
      const definition = readJson(text);
      if (!isObject(definition)) throw usage("A definition is a JSON object.");
      const sent = definition as unknown as EventTypeDefinition;
      const type = await client.eventTypes.register(sent, { signal: out.signal });
      await out.line(values.json ? JSON.stringify(type) : line(type));
      registered++;
    }
    if (registered === 0) out.notice("No definitions were read.");
    return 0;
  },
};

/** The commands, in the order of the help. */
export const eventTypeCommands: readonly Command[] = [list, show, register];
