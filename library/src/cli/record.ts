/** `daybook record`: records one event from flags, or any number from a file or stdin. */

import type { NewEvent } from "../client/index.ts";
import { DaybookError } from "../error/index.ts";
import { isObject, type Json, type Receipt, readJson, type Unrecorded } from "../event/index.ts";
import type { Command, Running } from "./command.ts";
import { eventOfFlags, eventOptions, hasEventFlags } from "./event-flags.ts";
import { EventLines } from "./event-lines.ts";
import { jsonTexts, open } from "./input.ts";
import type { Output } from "./io.ts";
import { clientOf, usage } from "./options.ts";

function eventsIn(value: Json): NewEvent[] {
  if (Array.isArray(value)) return value.flatMap(eventsIn);
  if (!isObject(value)) throw new DaybookError("event-invalid", { detail: "An event is a JSON object." });
  // a whole body for the server
  if (Array.isArray(value.events) && Object.keys(value).length === 1) return value.events.flatMap(eventsIn);
  return [value as unknown as NewEvent];
}

async function* eventsOf(
  path: string,
  io: Running["io"],
  lines: EventLines,
): AsyncGenerator<NewEvent, void, undefined> {
  for await (const { text, line } of jsonTexts(open(path, io))) {
    let events: NewEvent[];
    try {
      // a document can have events in a list, which adds two levels of depth
      events = eventsIn(readJson(text, { maxDepth: 34, line: line - 1 }));
    } catch (error) {
      if (!(error instanceof DaybookError)) throw error;
      // an error about unreadable JSON already names its line
      const detail = error.code === "json-unreadable" ? error.message : `Line ${line}: ${error.message}`;
      throw lines.placed(
        new DaybookError(error.code, { detail, remedy: error.remedy, issues: error.issues }),
      );
    }
    lines.note(events.length, line);
    yield* events;
  }
}

async function print(receipt: Receipt | Unrecorded, json: boolean, out: Output): Promise<void> {
  if (json) return out.json(receipt);
  if ("recorded" in receipt) return out.line(`${receipt.id} not recorded: nothing changed`);
  return out.line(`${receipt.id} recorded as number ${receipt.seq} at ${receipt.recordedAt}`);
}

async function recordFile(path: string, running: Running): Promise<number> {
  const { values, io, out } = running;
  const client = clientOf(values, io);
  const lines = new EventLines();
  let recorded = 0;
  try {
    for await (const receipts of client.recordAll(eventsOf(path, io, lines), { signal: out.signal })) {
      for (const receipt of receipts) await print(receipt, values.json === true, out);
      recorded += receipts.length;
      out.progress(`${recorded} events`);
    }
  } catch (error) {
    throw error instanceof DaybookError ? lines.named(error) : error;
  } finally {
    out.endProgress();
  }
  if (recorded === 0) out.notice("No events were read.");
  return 0;
}

export const record: Command = {
  name: "record",
  summary: "record one event, or those of a file",
  help: `Usage: daybook record --type TYPE --actor TYPE:ID [options]
       daybook record FILE|-

Records the event that the options describe, or the events in a file (- for stdin): one JSON event, a list,
{"events":[…]}, or NDJSON. Prints one receipt per line when the events are durable. A file is recorded in batches of up to
1,000 events and 5 MiB; each batch is recorded completely or not at all. Events with their own id can be sent again, and
are recorded only once.

  --type TYPE               what happened, e.g. API_CLIENT_REVOKED or invoice.paid
  --actor TYPE:ID           who did it: user, api_client or system, e.g. user:u_17; or anonymous
  --actor-name, --actor-email
  --target TYPE:ID          what it was done to; repeat the option for several targets
  --target-name NAME        the target's name; repeat the option in the same order
  --data JSON               the data that the event type defines
  --before JSON, --after JSON   the states from which the server computes the changes; or --changes JSON
  --outcome OUTCOME         success (default), denied or failed
  --reason TEXT             the reason, in the person's own words
  --occurred-at TIME        when it happened, in RFC 3339 (default: when it is recorded)
  --id UUID                 the event's own id
  --interface ui|api|cli|job, --request-id, --correlation-id
  --producer ID             the system that the event comes from; --external-id ID: its id in that system
  --json                    print receipts as JSON

Examples:
  daybook record --type API_SAVED --actor user:u_17 --actor-name 'Anne Wilson' \\
    --target api:payments --target-name payments \\
    --data "{\\"objectPath\\":\\"/apis/acme/payments\\",\\"owner\\":\\"acme\\",\\"name\\":\\"payments\\",\\"digest\\":\\"$(sha256sum openapi.json | cut -c1-64)\\"}"
  daybook record --type ORGANIZATION_CHANGE --actor user:u_17 --target organization:acme \\
    --before '{"website":null}' --after '{"website":"https://acme.example"}' --reason 'New site'
  daybook record events.ndjson
  jq -c '.[]' events.json | daybook record -`,
  options: eventOptions,
  async run(running) {
    const { values, positionals, io, out } = running;
    const flags = hasEventFlags(values);
    if (flags && positionals.length > 0)
      throw usage("Give either options that describe an event or a file, not both.");
    if (positionals.length > 1) throw usage("Give one file.");
    if (!flags) {
      if (positionals.length === 0 && io.stdin.isTTY)
        throw usage("Give options that describe an event, or a file.");
      return recordFile(positionals[0] ?? "-", running);
    }
    const event = eventOfFlags(values);
    const receipt = await clientOf(values, io).record(event as unknown as NewEvent, { signal: out.signal });
    await print(receipt, values.json === true, out);
    return 0;
  },
};
