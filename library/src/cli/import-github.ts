/** `daybook import github`: records webhook payloads as events. Their ids make sure that a second run records nothing twice. */
import { readFile } from "node:fs/promises";
import type { NewEvent } from "../client/index.ts";
import { DaybookError } from "../error/index.ts";
import { hideTokens, parseTime } from "../event/index.ts";
import { checkSecret, type GithubOptions, mapGithub } from "../importers/index.ts";
import type { Command, Running } from "./command.ts";
import { payloadsOf } from "./import-sources.ts";
import { clientOf, textOf, usage, type Values } from "./options.ts";
import { printable } from "./paint.ts";

const count = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1);
};
const sorted = <T>(rows: Map<string, T>): [string, T][] => [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
const row = (n: number, text: string): string => `${String(n).padStart(7)}  ${printable(hideTokens(text))}`;

/** The results, counted. */
class Summary {
  readonly mapped = new Map<string, number>();
  /** By reason, the kinds of payload with their number. */
  readonly skipped = new Map<string, Map<string, number>>();
  payloads = 0;
  events = 0;
  recorded = 0;
  unreadable = 0;

  skip(reason: string, kind: string): void {
    const kinds = this.skipped.get(reason) ?? new Map<string, number>();
    this.skipped.set(reason, kinds);
    count(kinds, kind.split(".")[0] ?? kind);
  }

  /** The lines of the summary; `outcome` says what happened to the events. */
  lines(outcome: string): string[] {
    const mapped = sorted(this.mapped).map(([key, n]) => row(n, key));
    const skipped = sorted(this.skipped).map(([reason, kinds]) => {
      const all = sorted(kinds).map(([kind, n]) => `${kind} ${n}`);
      const sum = [...kinds.values()].reduce((a, b) => a + b, 0);
      return row(sum, `${reason}: ${all.join(", ")}`);
    });
    return [
      `${this.payloads} payloads, ${this.events} events ${outcome}.`,
      ...(this.mapped.size > 0 ? ["Mapped:", ...mapped] : []),
      ...(this.skipped.size > 0 ? ["Skipped:", ...skipped] : []),
      ...(this.unreadable > 0 ? [`${this.unreadable} could not be read (see above).`] : []),
    ];
  }
}

async function secretOf(values: Values): Promise<string> {
  const path = textOf(values, "secret-file");
  if (path === undefined)
    throw usage("--secret-file FILE is missing: event ids are derived from its secret.");
  try {
    const secret = (await readFile(path, "utf8")).trim();
    checkSecret(secret);
    return secret;
  } catch (cause) {
    if (cause instanceof DaybookError) throw usage(`--secret-file: ${cause.message}`);
    const why = cause instanceof Error ? cause.message : String(cause);
    throw usage(`--secret-file: ${why}. Create one with: openssl rand -hex 32 > FILE`);
  }
}

function receivedOf(values: Values): bigint | undefined {
  const text = textOf(values, "received");
  if (text === undefined) return undefined;
  const time = parseTime(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (time === undefined) throw usage("--received takes a time as RFC 3339 writes it, or a date.");
  return time;
}

/** The events of the payloads, counted as they pass. */
async function* mappedEvents(
  path: string,
  { values, io, out }: Running,
  { github, summary }: { github: GithubOptions; summary: Summary },
): AsyncGenerator<NewEvent, void, undefined> {
  for await (const found of payloadsOf(path, io, receivedOf(values))) {
    if ("unreadable" in found) {
      summary.unreadable++;
      out.notice(`${printable(found.place)}: ${printable(found.unreadable)}`);
      continue;
    }
    summary.payloads++;
    const result = mapGithub(found.delivery, github);
    if ("skipped" in result) {
      summary.skip(result.skipped, result.kind);
      continue;
    }
    for (const event of result.events) {
      count(summary.mapped, `${result.kind} -> ${event.type}`);
      summary.events++;
      yield event;
    }
  }
}

async function send(events: AsyncIterable<NewEvent>, running: Running, summary: Summary): Promise<void> {
  const { values, io, out } = running;
  const client = clientOf(values, io);
  try {
    for await (const receipts of client.recordAll(events, { signal: out.signal })) {
      summary.recorded += receipts.length;
      if (values.json) for (const receipt of receipts) await out.json(receipt);
      out.progress(`${summary.recorded} events recorded`);
    }
  } finally {
    out.endProgress();
  }
}

export const importGithub: Command = {
  name: "import github",
  summary: "record the events of stored GitHub webhook payloads",
  help: `Usage: daybook import github FILE|FOLDER|- --secret-file FILE [options]

Maps GitHub webhook payloads to event types and records them: repositories become APIs, releases become versions, deploy
keys and app installations become API clients; members, collaborators, teams and plans are recorded too. Reads files with
one payload, NDJSON, deliveries from GitHub's API, or a folder with .json, .ndjson and .jsonl files. Payloads without an
event type are skipped, and the summary says why. The complete table is in docs/importing.md.

Event ids are derived from the payload and the secret, so the same payload is recorded only once. Keep the secret. Events
that are more than 7 days old need a token with the scope events:import.

  --secret-file FILE   a file with a private secret of at least 16 bytes
  --account LOGIN      the account that this log belongs to, which decides whether forks and transfers go in or out
  --received TIME      the time for payloads that have none (default: the file's modification time; stdin has no default)
  --dry-run            print the events as NDJSON and the summary, and record nothing
  --json               print receipts as JSON

Examples:
  openssl rand -hex 32 > import.secret
  daybook import github payloads/ --secret-file import.secret --dry-run
  daybook import github payloads/ --secret-file import.secret --account acme
  gh api --paginate orgs/acme/hooks/1/deliveries --jq '.[].id' | xargs -I{} gh api orgs/acme/hooks/1/deliveries/{} --jq . |
    daybook import github - --secret-file import.secret`,
  options: {
    "secret-file": { type: "string" },
    account: { type: "string" },
    received: { type: "string" },
    "dry-run": { type: "boolean" },
  },
  async run(running) {
    const { values, positionals, out } = running;
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw usage("Name one file or folder, or - for stdin.");
    const account = textOf(values, "account");
    const github = { secret: await secretOf(values), ...(account === undefined ? {} : { account }) };
    const summary = new Summary();
    const events = mappedEvents(path, running, { github, summary });
    let outcome = "to record (nothing was recorded)";
    try {
      if (values["dry-run"]) for await (const event of events) await out.json(event);
      else {
        outcome = "read, the recording broke off";
        await send(events, running, summary);
        outcome = "recorded, now or before";
      }
    } finally {
      for (const line of summary.lines(outcome)) out.notice(line);
    }
    return summary.unreadable > 0 ? 1 : 0;
  },
};
