/**
 * The one table of errors: every code that Daybook can answer, with its HTTP status, its sentence and its remedy.
 * `spec/errors.md` is generated from it. It refuses to know who raises which code.
 */

/** One row: the HTTP status (0: never crosses HTTP), what is wrong in one sentence, and what to do about it. */
export interface CodeRow {
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
}

const row = (status: number, title: string, remedy: string): CodeRow => ({ status, title, remedy });

const table = {
  // 400: what was sent can't be read
  "json-unreadable": row(400, "The body is not readable JSON.", "Send UTF-8 JSON as RFC 8259 defines it."),
  "query-invalid": row(400, "A query parameter is not valid.", "Correct the parameter that the error points to."),
  "cursor-invalid": row(400, "The cursor is not one that Daybook gave out.", "Start again without a cursor."),
  // 401, 403, 404
  "not-authenticated": row(401, "No valid token was presented.", "Send 'Authorization: Bearer <token>' with a token that is still valid."),
  "not-allowed": row(403, "This caller may not do that.", "Ask an owner of the organization or an operator."),
  "route-not-found": row(404, "There is nothing at this address.", "See /docs for the addresses that exist."),
  "organization-not-found": row(404, "There is no such organization, or you may not see it.", "Check the slug or id, and the token."),
  "event-not-found": row(404, "There is no such event in this organization.", "Check the event id."),
  "event-type-not-found": row(404, "There is no such event type.", "See /v1/event-types for the ones that exist."),
  "method-not-allowed": row(405, "This address does not take that method.", "See /docs for the methods it takes."),
  // 409
  "id-reused": row(409, "This id was already recorded with another body.", "Give a new event a new id; send a repeat unchanged."),
  "slug-taken": row(409, "Another organization has this slug.", "Choose another slug."),
  "event-type-taken": row(409, "This version of the event type is already registered, with another definition.", "Register it again without a version to get the next one."),
  "organization-closed": row(409, "The organization is closed: it can be read, but nothing can be recorded.", "Record into an open organization."),
  "position-mismatch": row(409, "The position does not match this log.", "The log was recovered or the position altered: read again from the start and compare."),
  "idempotency-key-reused": row(409, "This Idempotency-Key was already used for another request.", "Use a new key for a new request."),
  "id-expired": row(409, "The id is older than what retention has removed.", "Give the event a new id."),
  // 412, 413, 415
  "body-too-large": row(413, "The body is too large.", "Send at most 5 MiB and 1,000 events in one request."),
  "media-type-unsupported": row(415, "This content type is not taken here.", "Send application/json, or application/x-ndjson for events."),
  // 422: readable, but refused
  "json-refused": row(422, "The JSON holds something that can't be kept exactly.", "Correct the place that the pointer names."),
  "event-invalid": row(422, "The event is not valid.", "Correct the place that the pointer names."),
  "event-type-unknown": row(422, "There is no such event type.", "Use a type of /v1/event-types, or register a custom one."),
  "event-type-reserved": row(422, "Events of this type are recorded by Daybook itself only.", "Choose another type."),
  "data-invalid": row(422, "The event's data does not match the schema of its type.", "Correct the place that the pointer names; /v1/event-types/{type} has the schema."),
  "event-too-large": row(422, "The event is larger than 64 KiB.", "Send a digest or a reference in place of the large value."),
  "event-late": row(422, "The event occurred more than 7 days ago.", "Import old events with a token that has the scope events:import."),
  "request-invalid": row(422, "The request is not valid.", "Correct the place that the pointer names."),
  // 429, 5xx
  "too-many-requests": row(429, "Too many requests.", "Wait as long as Retry-After says."),
  internal: row(500, "Something went wrong on our side.", "Try again; if it stays, report it with the request id."),
  overloaded: row(503, "Too many events are waiting to be recorded; nothing of this request was.", "Send it again, with the same ids, after as long as Retry-After says."),
  "store-unavailable": row(503, "The database can't be reached or can't write; nothing of this request was recorded.", "Send it again, with the same ids, after as long as Retry-After says."),
  "outcome-unknown": row(503, "The connection to the database broke while recording: the events may or may not be recorded.", "Send again with the same ids: what is recorded already is not recorded twice."),
  "clock-disagrees": row(503, "The clocks of the server and its database differ by more than 10 seconds.", "Set both clocks by NTP; recording goes on by itself then."),
  "clock-behind": row(503, "The database's clock is more than 60 seconds behind the newest event of this log.", "Set the clock; if the log's time was wrong, run 'daybook-server recover --clock'."),
  "shutting-down": row(503, "This server process is stopping.", "Send it again; another process will answer."),
  // never over HTTP: the client library and the commands
  timeout: row(0, "No answer came in time.", "Send again with the same ids, or raise the timeout."),
  unreachable: row(0, "The server could not be reached.", "Check the address, and that the server runs."),
  "answer-unreadable": row(0, "The answer is not what a Daybook server sends.", "Check that the address is a Daybook server's."),
  "usage-invalid": row(0, "The command can't be run like that.", "See --help."),
  "config-invalid": row(0, "The configuration is not valid.", "Correct the variable that is named."),
  "proof-invalid": row(0, "The proof does not hold.", "Do not trust the data; keep it and ask its sender."),
} as const satisfies Record<string, CodeRow>;

/** The name of one error, e.g. `event-invalid`. Public for ever. */
export type Code = keyof typeof table;

/** Every code with its row. */
export const codes: Readonly<Record<Code, CodeRow>> = table;
