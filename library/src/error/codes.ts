/**
 * The table of errors: every code that Daybook can answer, with its HTTP status, its sentence and its remedy.
 * `local-codes.ts` has the codes that never cross HTTP. `spec/errors.md` is generated from this table.
 */

import { localCodes } from "./local-codes.ts";

/**
 * One row: the HTTP status (0: never crosses HTTP), what is wrong in one sentence, and what to do about it.
 * @inline
 */
export interface CodeRow {
  /** The HTTP status; 0 if it never crosses HTTP. */
  readonly status: number;
  /** What is wrong, as a sentence. */
  readonly title: string;
  /** What to do about it. */
  readonly remedy: string;
  /** `false`: waiting doesn't help, despite the status; an operator must fix the cause. */
  readonly waiting?: false;
}

const table = {
  // 400: the request can't be read
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
    title: "Daybook did not issue this cursor.",
    remedy: "Start again without the cursor.",
  },
  // 401, 403, 404
  "not-authenticated": {
    status: 401,
    title: "The request has no valid token.",
    remedy: "Send 'Authorization: Bearer <token>' with a token that is still valid.",
  },
  "sign-in-refused": {
    status: 401,
    title: "The email address or the password is incorrect.",
    remedy: "Check both and try again, or ask an operator for a new link.",
  },
  "second-factor-refused": {
    status: 401,
    title: "The code is incorrect or has already been used.",
    remedy: "Wait for the next code in your app, or use a recovery code.",
  },
  "sign-in-expired": {
    status: 401,
    title: "The sign-in timed out, or too many codes were tried.",
    remedy: "Sign in with your password again.",
  },
  "openid-refused": {
    status: 401,
    title: "The identity provider did not sign you in.",
    remedy: "Start again from the sign-in page. If the problem continues, contact your Daybook operator.",
  },
  "code-refused": {
    status: 401,
    title: "This link does not work: it has been used, has expired, or is incomplete.",
    remedy: "Ask for a new link.",
  },
  "sign-in-first": {
    status: 401,
    title: "An account with this email address already exists.",
    remedy: "Sign in to that account, then send the request again.",
  },
  "cross-site": {
    status: 403,
    title: "This request comes from another site.",
    remedy: "Send it from Daybook's own pages, or with a token in the Authorization header.",
  },
  "reauthentication-needed": {
    status: 403,
    title: "This action requires you to confirm your identity.",
    remedy: "Send your password to /v1/account/reauthenticate, or sign in again; then repeat the request.",
  },
  "not-allowed": {
    status: 403,
    title: "This caller is not allowed to do this.",
    remedy: "Ask an owner of the organization or an operator.",
  },
  "route-not-found": {
    status: 404,
    title: "There is nothing at this address.",
    remedy: "See /docs for the list of addresses.",
  },
  "organization-not-found": {
    status: 404,
    title: "There is no such organization, or you may not see it.",
    remedy: "Check the slug or id, and the token.",
  },
  "member-not-found": {
    status: 404,
    title: "There is no such member in this organization.",
    remedy: "Check the user's id in the list of members.",
  },
  "invitation-not-found": {
    status: 404,
    title: "There is no such invitation.",
    remedy: "Check that the link is complete, or ask for a new invitation.",
  },
  "team-not-found": {
    status: 404,
    title: "There is no such team in this organization.",
    remedy: "Check the team's id in the list of teams.",
  },
  "view-not-found": {
    status: 404,
    title: "There is no such saved view in this organization, or it is another person's.",
    remedy: "Check the view's id in the list of saved views.",
  },
  "api-client-not-found": {
    status: 404,
    title: "There is no such API client in this organization.",
    remedy:
      "Check the client's id in the list of API clients. Of a deleted client, only the history remains.",
  },
  "user-not-found": {
    status: 404,
    title: "There is no such user.",
    remedy: "Check the id or the email address.",
  },
  "session-not-found": {
    status: 404,
    title: "You have no such session.",
    remedy: "It may have ended already. Your account page lists your open sessions.",
  },
  "personal-token-not-found": {
    status: 404,
    title: "You have no personal token with this id.",
    remedy: "GET /v1/account/tokens lists your active tokens.",
  },
  "second-factor-not-found": {
    status: 404,
    title: "This account has no second factor.",
    remedy: "There is nothing to remove. Add a second factor on your account page.",
  },
  "viewer-session-not-found": {
    status: 404,
    title: "There is no such viewer session, or it has ended.",
    remedy: "Check its id in the list of open viewer sessions.",
  },
  "event-not-found": {
    status: 404,
    title: "There is no such event in this organization.",
    remedy: "Check the event id.",
  },
  "event-type-not-found": {
    status: 404,
    title: "There is no such event type.",
    remedy: "See /v1/organizations/{org}/event-types for the list.",
  },
  "method-not-allowed": {
    status: 405,
    title: "This address does not support the method.",
    remedy: "See /docs for the methods that it supports.",
  },
  // 406, 408, 431
  "not-acceptable": {
    status: 406,
    title: "This address has none of the media types in the Accept header.",
    remedy: "Leave Accept out, or send one of the media types that the detail lists.",
  },
  "request-timeout": {
    status: 408,
    title: "The request did not arrive in time.",
    remedy: "Send it again without pauses.",
  },
  "headers-too-large": {
    status: 431,
    title: "The headers of the request are too large.",
    remedy: "Send fewer or shorter headers, at most 16 KiB in total.",
  },
  // 409
  "id-reused": {
    status: 409,
    title: "This id was already recorded with another body.",
    remedy: "Use a new id for a new event. To retry, send the event unchanged.",
  },
  "slug-taken": { status: 409, title: "Another organization has this slug.", remedy: "Choose another slug." },
  "name-taken": {
    status: 409,
    title: "This name is already in use in the organization.",
    remedy: "Choose another name. Names that differ only in case count as the same.",
  },
  "last-owner": {
    status: 409,
    title: "This is the organization's last owner.",
    remedy: "Make another member an owner first.",
  },
  "member-already": {
    status: 409,
    title: "This person is already a member of the organization.",
    remedy: "Change their role instead.",
  },
  "invited-already": {
    status: 409,
    title: "This address already has an open invitation to the organization.",
    remedy: "Withdraw that invitation first.",
  },
  "invitation-used": {
    status: 409,
    title: "This invitation has been accepted or withdrawn.",
    remedy: "Ask for a new invitation.",
  },
  "invitation-expired": {
    status: 409,
    title: "This invitation has expired.",
    remedy: "Ask for a new invitation.",
  },
  "set-up-done": {
    status: 409,
    title: "Daybook is already set up.",
    remedy: "Sign in, or ask an operator for an account.",
  },
  "operator-token-fixed": {
    status: 409,
    title: "The operator token is set by DAYBOOK_OPERATOR_TOKEN and can't be replaced here.",
    remedy: "Set the variable to another token and restart. Or unset it, restart, and try again.",
  },
  "second-factor-already": {
    status: 409,
    title: "This account already has a second factor.",
    remedy: "Remove it before you add another.",
  },
  "api-client-revoked": {
    status: 409,
    title: "The API client is revoked and can't be changed.",
    remedy: "Add a new API client.",
  },
  "api-client-expired": {
    status: 409,
    title: "The API client has expired: a new token would not work.",
    remedy: "Add a new API client.",
  },
  "event-type-taken": {
    status: 409,
    title: "This version of the event type is already registered with another definition.",
    remedy: "Register it without a version to create the next version.",
  },
  "event-type-name-taken": {
    status: 409,
    title:
      "An event type with this name exists, or one whose name differs only in case or in the characters . _ : / -.",
    remedy: "Choose another name.",
  },
  "organization-closed": {
    status: 409,
    title: "The organization is closed: its log can be read, but no event can be recorded.",
    remedy: "Record the event in an open organization.",
  },
  "position-mismatch": {
    status: 409,
    title: "The position does not match this log.",
    remedy: "The log was recovered, or the position was altered. Read the log from the start and compare.",
  },
  "idempotency-key-reused": {
    status: 409,
    title: "This Idempotency-Key was already used for another request.",
    remedy: "Use a new key for a new request.",
  },
  "id-expired": {
    status: 409,
    title: "The id is older than the retention period.",
    remedy: "Use a new id for the event.",
  },
  // 412, 413, 415
  "changed-meanwhile": {
    status: 412,
    title: "The resource has changed since you read it.",
    remedy: "Read it again, then send your change with the new ETag.",
  },
  "body-too-large": {
    status: 413,
    title: "The body is too large.",
    remedy: "Send at most 5 MiB and 1,000 events in one request.",
  },
  "media-type-unsupported": {
    status: 415,
    title: "This address does not accept the content type.",
    remedy: "Send application/json, or application/x-ndjson for events.",
  },
  // 422: readable, but refused
  "json-refused": {
    status: 422,
    title: "The JSON contains a value that can't be stored exactly.",
    remedy: "Correct the value at the pointer.",
  },
  "event-invalid": {
    status: 422,
    title: "The event is not valid.",
    remedy: "Correct the value at the pointer.",
  },
  "event-type-unknown": {
    status: 422,
    title: "There is no such event type.",
    remedy: "Use a type from /v1/event-types, or register a custom type.",
  },
  "event-type-reserved": {
    status: 422,
    title: "Only Daybook itself records events of this type.",
    remedy: "Choose another type.",
  },
  "data-invalid": {
    status: 422,
    title: "The event's data does not match the schema of its type.",
    remedy: "Correct the value at the pointer; /v1/organizations/{org}/event-types?type=… has the schema.",
  },
  "event-too-large": {
    status: 422,
    title: "The event is larger than 64 KiB.",
    remedy: "Replace the large value with a digest or a reference.",
  },
  "event-late": {
    status: 422,
    title: "The event occurred more than 7 days ago.",
    remedy: "To import old events, use a token with the scope events:import.",
  },
  "request-invalid": {
    status: 422,
    title: "The request is not valid.",
    remedy: "Correct the value at the pointer.",
  },
  // 429, 5xx
  "too-many-requests": {
    status: 429,
    title: "Too many requests.",
    remedy: "Wait for the time in Retry-After.",
  },
  internal: {
    status: 500,
    title: "Something went wrong on our side.",
    remedy: "Try again. If the problem continues, report it with the request id.",
  },
  overloaded: {
    status: 503,
    title: "Too many requests are waiting. Nothing in this request was recorded.",
    remedy: "Wait for the time in Retry-After, then send it again with the same ids.",
  },
  "openid-unavailable": {
    status: 503,
    title: "The identity provider can't be reached.",
    remedy: "Try again in a moment. If the problem continues, contact your Daybook operator.",
  },
  "store-unavailable": {
    status: 503,
    title: "The database is unreachable or can't write. Nothing in this request was recorded.",
    remedy: "Wait for the time in Retry-After, then send it again with the same ids.",
  },
  "outcome-unknown": {
    status: 503,
    title: "The database connection broke while recording. The request may or may not have taken effect.",
    remedy: "Send the events again with the same ids: no event is recorded twice.",
  },
  "clock-disagrees": {
    status: 503,
    title: "The clocks of the server and its database differ by more than 10 seconds.",
    remedy: "Synchronize both clocks with NTP. Recording then resumes automatically.",
  },
  "clock-behind": {
    status: 503,
    title: "The database's clock is more than 60 seconds behind the newest event of this log.",
    remedy: "Correct the clock. If the log's time was wrong, run 'daybook-server recover --clock'.",
  },
  "secret-unreadable": {
    status: 503,
    title: "An encrypted secret can't be decrypted.",
    remedy: "Restore the file secrets-key, or set DAYBOOK_SECRETS_KEY to its key, and restart.",
    waiting: false,
  },
  "shutting-down": {
    status: 503,
    title: "This server process is stopping.",
    remedy: "Send the request again; another process will answer.",
  },
} as const;

/** The name of one error, such as `event-invalid`. Permanent and public. */
export type Code = keyof typeof table | keyof typeof localCodes;

/** Every code with its row. */
export const codes: Readonly<Record<Code, CodeRow>> = { ...table, ...localCodes };
