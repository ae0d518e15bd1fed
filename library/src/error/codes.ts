/**
 * The one table of errors: every code that Daybook can answer, with its HTTP status, its sentence and its remedy; those that never
 * cross HTTP stand in `local-codes.ts`.
 * `spec/errors.md` is generated from it. It refuses to know who raises which code.
 */

import { localCodes } from "./local-codes.ts";

/** One row: the HTTP status (0: never crosses HTTP), what is wrong in one sentence, and what to do about it. */
export interface CodeRow {
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
  /** false: waiting doesn't help, though the status says so: an operator must mend something. */
  readonly waiting?: false;
}

const table = {
  // 400: what was sent can't be read
  "json-unreadable": {
    status: 400,
    title: "The body is not readable JSON.",
    remedy: "Send UTF-8 JSON as RFC 8259 defines it.",
  },
  "request-unreadable": {
    status: 400,
    title: "The request is not readable HTTP.",
    remedy: "Send a request as RFC 9112 defines it, with a valid address.",
  },
  "query-invalid": {
    status: 400,
    title: "A query parameter is not valid.",
    remedy: "Correct the parameter that the error points to.",
  },
  "cursor-invalid": {
    status: 400,
    title: "The cursor is not one that Daybook gave out.",
    remedy: "Start again without a cursor.",
  },
  // 401, 403, 404
  "not-authenticated": {
    status: 401,
    title: "No valid token was presented.",
    remedy: "Send 'Authorization: Bearer <token>' with a token that is still valid.",
  },
  "sign-in-refused": {
    status: 401,
    title: "The email address or the password is not right.",
    remedy: "Check both and try again, or ask an operator for a new link.",
  },
  "second-factor-refused": {
    status: 401,
    title: "The code is not right, or it was used before.",
    remedy: "Wait for the next code of your app, or use a recovery code.",
  },
  "sign-in-expired": {
    status: 401,
    title: "Signing in took too long, or too many codes were tried.",
    remedy: "Sign in with your password again.",
  },
  "openid-refused": {
    status: 401,
    title: "The identity provider did not sign you in.",
    remedy: "Start again from the sign-in page; if it stays, ask an operator.",
  },
  "code-refused": {
    status: 401,
    title: "This link does not work: it was used, is too old, or is not whole.",
    remedy: "Ask for a new one.",
  },
  "sign-in-first": {
    status: 401,
    title: "There is an account with this email address already.",
    remedy: "Sign in with it, then send this again.",
  },
  "cross-site": {
    status: 403,
    title: "This request comes from another site.",
    remedy: "Send it from Daybook's own pages, or with a token in the Authorization header.",
  },
  "reauthentication-needed": {
    status: 403,
    title: "You have to show once more who you are before you do that.",
    remedy: "Send your password to /v1/account/reauthenticate, or sign in again, then send this again.",
  },
  "not-allowed": {
    status: 403,
    title: "This caller may not do that.",
    remedy: "Ask an owner of the organization or an operator.",
  },
  "route-not-found": {
    status: 404,
    title: "There is nothing at this address.",
    remedy: "See /docs for the addresses that exist.",
  },
  "organization-not-found": {
    status: 404,
    title: "There is no such organization, or you may not see it.",
    remedy: "Check the slug or id, and the token.",
  },
  "member-not-found": {
    status: 404,
    title: "There is no such member in this organization.",
    remedy: "Check the user's id; the list of members has it.",
  },
  "invitation-not-found": {
    status: 404,
    title: "There is no such invitation.",
    remedy: "Check that the link is whole, or ask for a new invitation.",
  },
  "team-not-found": {
    status: 404,
    title: "There is no such team in this organization.",
    remedy: "Check the team's id; the list of teams has it.",
  },
  "api-client-not-found": {
    status: 404,
    title: "There is no such API client in this organization.",
    remedy: "Check the client's id; the list of API clients has it. A deleted one keeps its history only.",
  },
  "user-not-found": {
    status: 404,
    title: "There is no such user.",
    remedy: "Check the id or the email address.",
  },
  "session-not-found": {
    status: 404,
    title: "There is no such session of yours.",
    remedy: "It may have ended already; your account lists those that are open.",
  },
  "personal-token-not-found": {
    status: 404,
    title: "You have no personal token of that id.",
    remedy: "GET /v1/account/tokens lists those that work.",
  },
  "second-factor-not-found": {
    status: 404,
    title: "This account has no second factor.",
    remedy: "There is nothing to remove; one is added on the account's page.",
  },
  "viewer-session-not-found": {
    status: 404,
    title: "There is no such open viewer session.",
    remedy: "It may have ended already; the list of viewer sessions has those that are open.",
  },
  "event-not-found": {
    status: 404,
    title: "There is no such event in this organization.",
    remedy: "Check the event id.",
  },
  "event-type-not-found": {
    status: 404,
    title: "There is no such event type.",
    remedy: "See /v1/organizations/{org}/event-types for the ones that exist.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not take that method.",
    remedy: "See /docs for the methods it takes.",
  },
  // 406, 408, 431
  "not-acceptable": {
    status: 406,
    title: "This address has nothing of the kinds that the Accept header asks for.",
    remedy: "Leave Accept out, or name one of the kinds that the detail lists.",
  },
  "request-timeout": {
    status: 408,
    title: "The request did not come in whole in time.",
    remedy: "Send it again, without pauses.",
  },
  "headers-too-large": {
    status: 431,
    title: "The headers of the request are too large.",
    remedy: "Send fewer or shorter headers; at most 16 KiB are taken.",
  },
  // 409
  "id-reused": {
    status: 409,
    title: "This id was already recorded with another body.",
    remedy: "Give a new event a new id; send a repeat unchanged.",
  },
  "slug-taken": { status: 409, title: "Another organization has this slug.", remedy: "Choose another slug." },
  "name-taken": {
    status: 409,
    title: "Another one in this organization has this name.",
    remedy: "Choose another name; upper and lower case make no difference.",
  },
  "last-owner": {
    status: 409,
    title: "This is the organization's last owner.",
    remedy: "Make another member an owner first.",
  },
  "member-already": {
    status: 409,
    title: "This person is a member of the organization already.",
    remedy: "Change their role instead.",
  },
  "invited-already": {
    status: 409,
    title: "This address has an invitation to the organization already.",
    remedy: "Withdraw that one first.",
  },
  "invitation-used": {
    status: 409,
    title: "This invitation was accepted or withdrawn.",
    remedy: "Ask for a new invitation.",
  },
  "invitation-expired": {
    status: 409,
    title: "This invitation is too old.",
    remedy: "Ask for a new invitation.",
  },
  "set-up-done": {
    status: 409,
    title: "This Daybook is set up already.",
    remedy: "Sign in, or ask an operator for an account.",
  },
  "operator-token-fixed": {
    status: 409,
    title: "DAYBOOK_OPERATOR_TOKEN sets the operator token, so it can't be replaced here.",
    remedy: "Set the variable to another token and restart; or unset it, restart, and send this again.",
  },
  "second-factor-already": {
    status: 409,
    title: "This account has a second factor already.",
    remedy: "Remove it first, then add another.",
  },
  "api-client-revoked": {
    status: 409,
    title: "The API client is revoked: nothing about it can be changed.",
    remedy: "Add a new API client.",
  },
  "api-client-expired": {
    status: 409,
    title: "The API client has expired: a new token of it would not work.",
    remedy: "Add a new API client.",
  },
  "event-type-taken": {
    status: 409,
    title: "This version of the event type is already registered, with another definition.",
    remedy: "Register it again without a version to get the next one.",
  },
  "event-type-name-taken": {
    status: 409,
    title: "An event type has this name already, or one that differs only in case and the signs . _ : / -.",
    remedy: "Choose another name.",
  },
  "organization-closed": {
    status: 409,
    title: "The organization is closed: it can be read, but nothing can be recorded.",
    remedy: "Record into an open organization.",
  },
  "position-mismatch": {
    status: 409,
    title: "The position does not match this log.",
    remedy: "The log was recovered or the position altered: read again from the start and compare.",
  },
  "idempotency-key-reused": {
    status: 409,
    title: "This Idempotency-Key was already used for another request.",
    remedy: "Use a new key for a new request.",
  },
  "id-expired": {
    status: 409,
    title: "The id is older than what retention has removed.",
    remedy: "Give the event a new id.",
  },
  // 412, 413, 415
  "changed-meanwhile": {
    status: 412,
    title: "Somebody else changed it since you read it.",
    remedy: "Read it again, and send your change with its new ETag.",
  },
  "body-too-large": {
    status: 413,
    title: "The body is too large.",
    remedy: "Send at most 5 MiB and 1,000 events in one request.",
  },
  "media-type-unsupported": {
    status: 415,
    title: "This content type is not taken here.",
    remedy: "Send application/json, or application/x-ndjson for events.",
  },
  // 422: readable, but refused
  "json-refused": {
    status: 422,
    title: "The JSON holds something that can't be kept exactly.",
    remedy: "Correct the place that the pointer names.",
  },
  "event-invalid": {
    status: 422,
    title: "The event is not valid.",
    remedy: "Correct the place that the pointer names.",
  },
  "event-type-unknown": {
    status: 422,
    title: "There is no such event type.",
    remedy: "Use a type of /v1/event-types, or register a custom one.",
  },
  "event-type-reserved": {
    status: 422,
    title: "Events of this type are recorded by Daybook itself only.",
    remedy: "Choose another type.",
  },
  "data-invalid": {
    status: 422,
    title: "The event's data does not match the schema of its type.",
    remedy:
      "Correct the place that the pointer names; /v1/organizations/{org}/event-types?type=… has the schema.",
  },
  "event-too-large": {
    status: 422,
    title: "The event is larger than 64 KiB.",
    remedy: "Send a digest or a reference in place of the large value.",
  },
  "event-late": {
    status: 422,
    title: "The event occurred more than 7 days ago.",
    remedy: "Import old events with a token that has the scope events:import.",
  },
  "request-invalid": {
    status: 422,
    title: "The request is not valid.",
    remedy: "Correct the place that the pointer names.",
  },
  // 429, 5xx
  "too-many-requests": {
    status: 429,
    title: "Too many requests.",
    remedy: "Wait as long as Retry-After says.",
  },
  internal: {
    status: 500,
    title: "Something went wrong on our side.",
    remedy: "Try again; if it stays, report it with the request id.",
  },
  overloaded: {
    status: 503,
    title: "Too many events are waiting to be recorded; nothing of this request was.",
    remedy: "Send it again, with the same ids, after as long as Retry-After says.",
  },
  "openid-unavailable": {
    status: 503,
    title: "The identity provider can't be reached.",
    remedy: "Try again in a moment; if it stays, tell an operator.",
  },
  "store-unavailable": {
    status: 503,
    title: "The database can't be reached or can't write; nothing of this request was recorded.",
    remedy: "Send it again, with the same ids, after as long as Retry-After says.",
  },
  "outcome-unknown": {
    status: 503,
    title: "The connection to the database broke while recording: the events may or may not be recorded.",
    remedy: "Send again with the same ids: what is recorded already is not recorded twice.",
  },
  "clock-disagrees": {
    status: 503,
    title: "The clocks of the server and its database differ by more than 10 seconds.",
    remedy: "Set both clocks by NTP; recording goes on by itself then.",
  },
  "clock-behind": {
    status: 503,
    title: "The database's clock is more than 60 seconds behind the newest event of this log.",
    remedy: "Set the clock; if the log's time was wrong, run 'daybook-server recover --clock'.",
  },
  "secret-unreadable": {
    status: 503,
    title: "A secret that is kept encrypted can't be read.",
    remedy: "Put back the file secrets-key, or set DAYBOOK_SECRETS_KEY to its key, and restart.",
    waiting: false,
  },
  "shutting-down": {
    status: 503,
    title: "This server process is stopping.",
    remedy: "Send it again; another process will answer.",
  },
} as const;

/** The name of one error, e.g. `event-invalid`. Public for ever. */
export type Code = keyof typeof table | keyof typeof localCodes;

/** Every code with its row. */
export const codes: Readonly<Record<Code, CodeRow>> = { ...table, ...localCodes };
