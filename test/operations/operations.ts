/**
 * Every operation of the server that changes something or must be told: the list that the tests go through, and
 * spec/operations.md is made of. A route that isn't in it fails a test.
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
import { secondFactors } from "./second-factor.ts";
import { signIn } from "./sign-in.ts";
import { starting } from "./starting.ts";
import { teams } from "./teams.ts";

/** By what they are about, in the order of the page. */
export const operationsOf: Readonly<Record<string, readonly Operation[]>> = {
  Organizations: organizations,
  "Members and invitations": members,
  Teams: teams,
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
 * Routes with GET that record something all the same. Of them only the way back from the identity provider is open to other sites,
 * from where it comes: it is let in by what the browser was given when it left.
 */
export const recordingReads: readonly string[] = [
  ...exportFormats.map(({ name }) => `GET /v1/organizations/:org/audit-log.${name}`),
  "GET /v1/sign-in/openid/callback",
];

/** What changes rows and records nothing, and why. */
export const untold: readonly { readonly what: string; readonly why: string }[] = [
  { what: "Migrating the schema", why: "What the rows say stays the same." },
  { what: "Restoring a backup", why: "The events come back with the rows that they tell of." },
  {
    what: "Removing what has expired",
    why: "Sessions, viewer sessions, personal tokens and codes whose time is over stand for nothing.",
  },
  { what: "Remembering an `Idempotency-Key`", why: "Bookkeeping of requests; it is forgotten after a week." },
  {
    what: "Noting the day on which an API client or a personal token was last used",
    why: "Bookkeeping: its events say what it did.",
  },
  { what: "Counting refusals within their hour", why: "The next event tells the count." },
  {
    what: "Showing once more who one is",
    why: "What it is shown for is told, by whoever does it.",
  },
  {
    what: "A right password where a second factor is asked for, and tries of codes",
    why: "It is no sign-in yet; SIGN_IN or SIGN_IN_REFUSED tells what became of it.",
  },
  {
    what: "Encrypting the secret of a second factor by another key",
    why: "It is the same secret; who reads it stays the same.",
  },
  {
    what: "Keeping a password by newer parameters at a sign-in",
    why: "It is the same password; SIGN_IN tells of the rest.",
  },
];
