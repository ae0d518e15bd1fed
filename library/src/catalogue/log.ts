/** Event types about the log itself: opening, keys, clock, downloads, registered types. Only the server writes them. */
import {
  choice,
  count,
  digest,
  form,
  identifier,
  list,
  members,
  text,
  time,
  whole,
  yesNo,
} from "./data-schema.ts";
import { anne, type Definition, daybook, define } from "./define.ts";
import type { DataSchema, EventType } from "./event-type.ts";
import { exportFormats } from "./export-formats.ts";

type LogDefinition = Omit<Definition, "about" | "writer">;

const aboutLog = (words: LogDefinition): EventType => define({ about: "log", writer: "server", ...words });

const vkey: DataSchema = text(512);
const root: DataSchema = form("^[A-Za-z0-9+/]{43}=$", 44);
const exampleKey =
  "log.example.org/o/aaaqeayeaudaocajbifqydiob4+40dcd692+ARl/ayPhbIUyxqvIOPrNXqeJvgx2spIDNAOb+os9No1h";

/** The last position of the log that a restored backup replaced, and how much of it came back. */
const previous: DataSchema = {
  anyOf: [
    { type: "null" },
    members({
      origin: text(512),
      size: whole(0),
      root,
      restoredSize: whole(0),
      restoredRoot: root,
      reason: text(4096),
    }),
  ],
};

const inOrganization = {
  actor: anne,
  targets: [{ type: "organization", id: "org_7hq2kd", name: "Acme" }],
};

/** The query of a reader, as the server understood it. The limits are those of an address. */
const filter: DataSchema = members({
  "types?": list(text(4096), 5000),
  "actors?": list(text(4096), 5000),
  "targets?": list(text(4096), 5000),
  "outcomes?": list(choice("success", "denied", "failed"), 5000),
  "recordedBy?": choice("daybook", "others"),
  "text?": text(4096),
});

/** The format of a download. */
const format: DataSchema = choice(...exportFormats.map(({ name }) => name));

/** The types about the log. */
export const logTypes: readonly EventType[] = [
  aboutLog({
    name: "LOG_OPENED",
    title: "Log opened",
    refusedTitle: "Tried to open the log",
    sentence: "{actor} opened this log",
    refusedSentence: "{actor} tried to open this log",
    description:
      "The first event of every log: its signing keys, its organization, and the log that it continues, if a backup was restored.",
    operation: "create",
    firstTarget: [],
    data: members({ keys: { ...list(vkey, 100), minItems: 1 }, organization: identifier, previous }),
    card: [
      { label: "Organization", path: "/data/organization", format: "code" },
      { label: "Signing keys", path: "/data/keys", format: "code" },
      { label: "Continues", path: "/data/previous/origin", format: "code" },
    ],
    example: {
      actor: daybook,
      data: {
        keys: [exampleKey],
        organization: "org_7hq2kd",
        previous: {
          origin: "log.example.org/o/aiibaeydcukqmbyhbaeqsdameq",
          size: 5021,
          root: "lI2Rl/uDPcUNNkGIm8+8hYYeZUxGyVzsYGwkcEEeBYg=",
          restoredSize: 4988,
          restoredRoot: "UU3hW7kVl9kkavpZW0RrvICwrc2cH30ova7AazDQZxY=",
          reason: "Restored from the backup of 21 November after a disk failed",
        },
      },
    },
  }),
  aboutLog({
    name: "LOG_KEY_ADDED",
    title: "Signing key added",
    refusedTitle: "Tried to add a signing key",
    sentence: "{actor} added a signing key to this log",
    refusedSentence: "{actor} tried to add a signing key to this log",
    description: "From here on, checkpoints of this log may also be signed with this key.",
    operation: "update",
    firstTarget: [],
    data: members({ key: vkey }),
    card: [{ label: "Key", path: "/data/key", format: "code" }],
    example: { actor: daybook, data: { key: exampleKey } },
  }),
  aboutLog({
    name: "LOG_CLOCK_CORRECTED",
    title: "Clock corrected",
    refusedTitle: "Tried to correct the clock",
    sentence: "{actor} corrected the clock of this log",
    refusedSentence: "{actor} tried to correct the clock of this log",
    description:
      "The log's recording times ran ahead of the clock and continue from the correct time here. Only at this event may recording times go back.",
    operation: "update",
    firstTarget: [],
    data: members({ previousRecordedAt: time }),
    card: [{ label: "Time before", path: "/data/previousRecordedAt", format: "time" }],
    example: {
      actor: daybook,
      reason: "The database server's clock was a day ahead",
      data: { previousRecordedAt: "2026-11-23T11:20:31.623456Z" },
    },
  }),
  aboutLog({
    name: "INTEGRITY_CHECKED",
    title: "Integrity checked",
    refusedTitle: "Tried to check the integrity",
    sentence: "{actor} checked all logs and found {data.findings} differences",
    refusedSentence: "{actor} tried to check all logs",
    variants: [
      {
        when: [{ path: "/data/findings", is: 0 }],
        sentence: "{actor} checked all logs and found no differences",
        refusedSentence: "{actor} tried to check all logs",
      },
    ],
    description:
      "The scheduled check read every event of every log and every row of Daybook's own, recomputed what is derived from them, and compared. The server's own log names each difference.",
    operation: "read",
    firstTarget: [],
    data: members({ startedAt: time, organizations: whole(0), events: whole(0), findings: whole(0) }),
    card: [
      { label: "Differences", path: "/data/findings", format: "number" },
      { label: "Organizations", path: "/data/organizations", format: "number" },
      { label: "Events", path: "/data/events", format: "number" },
      { label: "Started", path: "/data/startedAt", format: "time" },
    ],
    example: {
      actor: daybook,
      data: { startedAt: "2026-11-22T11:20:31.623456Z", organizations: 12, events: 48210, findings: 0 },
    },
  }),
  aboutLog({
    name: "AUDIT_LOG_DOWNLOADED",
    title: "Audit log downloaded",
    refusedTitle: "Tried to download the audit log",
    sentence: "{actor} downloaded the audit log of {target}",
    refusedSentence: "{actor} tried to download the audit log of {target}",
    description:
      "Someone downloaded events of this log as a file. Daybook records this event before it sends the first byte, and the file does not include it. `context` says whether the file has addresses and user agents.",
    operation: "read",
    firstTarget: ["organization"],
    data: members({
      format,
      "by?": choice("occurred", "recorded"),
      "from?": time,
      "to?": time,
      "context?": yesNo,
      "filter?": filter,
    }),
    card: [
      { label: "Format", path: "/data/format", format: "word" },
      { label: "From", path: "/data/from", format: "time" },
      { label: "To", path: "/data/to", format: "time" },
      { label: "Only this search", path: "/data/filter/text", format: "text" },
      { label: "Only these types", path: "/data/filter/types", format: "text" },
      { label: "Only by", path: "/data/filter/actors", format: "text" },
      { label: "Only about", path: "/data/filter/targets", format: "text" },
      { label: "Only these outcomes", path: "/data/filter/outcomes", format: "word" },
      { label: "Only recorded by", path: "/data/filter/recordedBy", format: "word" },
      { label: "With context", path: "/data/context", format: "yes-no" },
    ],
    example: {
      ...inOrganization,
      data: {
        format: "csv",
        by: "occurred",
        from: "2026-08-24T11:20:31.623456Z",
        to: "2026-11-22T11:20:31.623456Z",
        context: false,
        filter: { types: ["API_CLIENT_REVOKED"] },
      },
    },
  }),
  aboutLog({
    name: "AUDIT_LOG_DOWNLOAD_REFUSED",
    title: "Audit log download refused",
    refusedTitle: "Audit log download refused",
    sentence: "{actor} was refused a download of the audit log of {target}",
    refusedSentence: "{actor} was refused a download of the audit log of {target}",
    description:
      "Someone tried to download this log without permission. One event covers all their attempts in one format within an hour.",
    operation: "read",
    firstTarget: ["organization"],
    data: members({ why: text(512), "format?": format, "count?": count }),
    card: [
      { label: "Why", path: "/data/why", format: "text" },
      { label: "Times", path: "/data/count", format: "number" },
    ],
    example: {
      ...inOrganization,
      outcome: "denied",
      data: { why: "Only owners and auditors download the log", format: "csv", count: 2 },
    },
  }),
  aboutLog({
    name: "EVENT_TYPE_REGISTERED",
    title: "Event type registered",
    refusedTitle: "Tried to register an event type",
    sentence: "{actor} registered version {data.version} of event type {target}",
    refusedSentence: "{actor} tried to register version {data.version} of event type {target}",
    description:
      "A custom event type, or a new version of one, may now be recorded: in this log, or in every log where it is the service's.",
    operation: "create",
    firstTarget: ["event_type"],
    data: members({
      name: text(128),
      version: whole(1),
      title: text(200),
      scope: choice("SERVICE", "ORGANIZATION"),
      digest,
    }),
    card: [
      { label: "Title", path: "/data/title", format: "text" },
      { label: "Version", path: "/data/version", format: "number" },
      { label: "For", path: "/data/scope", format: "text" },
      { label: "Digest of the definition", path: "/data/digest", format: "code" },
    ],
    example: {
      actor: anne,
      targets: [{ type: "event_type", id: "invoice.paid", name: "Invoice paid" }],
      data: {
        name: "invoice.paid",
        version: 1,
        title: "Invoice paid",
        scope: "ORGANIZATION",
        digest: "3b7d9f3d1a5e1c0f8f2f6a4c7e9b0d1c2a3f4e5d6c7b8a9f0e1d2c3b4a5f6e7d",
      },
    },
  }),
];
