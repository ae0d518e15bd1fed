/**
 * Every operation of the server that changes something or must be recorded. The tests go through this list, and
 * spec/operations.md is generated from it. A test fails for a route that isn't in it.
 */
import { exportFormats } from "../../server/src/export/index.ts";
import { account } from "./account.ts";
import { apiClients } from "./api-clients.ts";
import { ofTheLog } from "./log.ts";
import { members } from "./members.ts";
import type { Operation } from "./operation.ts";
import { operators } from "./operators.ts";
import { organizations } from "./organizations.ts";
import { personalTokens } from "./personal-tokens.ts";
import { savedViews } from "./saved-views.ts";
import { secondFactors } from "./second-factor.ts";
import { signIn } from "./sign-in.ts";
import { starting } from "./starting.ts";
import { teams } from "./teams.ts";

/** Operations by subject, in the order of the page. */
export const operationsOf: Readonly<Record<string, readonly Operation[]>> = {
  Organizations: organizations,
  "Members and invitations": members,
  Teams: teams,
  "Saved views": savedViews,
  "API clients": apiClients,
  "Signing in": signIn,
  "One's own account": account,
  "Second factors": secondFactors,
  "Personal tokens": personalTokens,
  Operators: operators,
  "The log": ofTheLog,
  Starting: starting,
};

export const operations: readonly Operation[] = Object.values(operationsOf).flat();

/**
 * GET routes that record an event. Of these, only the callback of the identity provider accepts requests from other sites, because
 * the provider sends the browser there: the cookie that the browser got when it left protects it.
 */
export const recordingReads: readonly string[] = [
  ...exportFormats.map(({ name }) => `GET /v1/organizations/:org/audit-log.${name}`),
  "GET /v1/sign-in/openid/callback",
];

/** Changes of rows without an event, with the reason. */
export const untold: readonly { readonly what: string; readonly why: string }[] = [
  { what: "Migrating the schema", why: "The content of the rows stays the same." },
  { what: "Restoring a backup", why: "The backup restores the events together with the rows." },
  {
    what: "Removing expired rows",
    why: "Expired sessions, viewer sessions, personal tokens and codes have no effect.",
  },
  {
    what: "Remembering an `Idempotency-Key`",
    why: "Daybook keeps it only to detect repeated requests, for a week.",
  },
  {
    what: "Storing the day of the last use of an API client or a personal token",
    why: "Its events show what it did.",
  },
  { what: "Storing how far a scheduled check is", why: "INTEGRITY_CHECKED has its result." },
  { what: "Counting denied attempts within their hour", why: "The next event has the count." },
  {
    what: "Confirming one's identity",
    why: "The act that needs the confirmation has its own event.",
  },
  {
    what: "Entering a correct password before a second factor, and trying codes",
    why: "The sign-in is not complete; SIGN_IN or SIGN_IN_REFUSED records the result.",
  },
  {
    what: "Encrypting the secret of a second factor with another key",
    why: "The secret stays the same, and so does who can read it.",
  },
  {
    what: "Hashing a password with newer parameters at a sign-in",
    why: "The password stays the same, and SIGN_IN records the sign-in.",
  },
];
