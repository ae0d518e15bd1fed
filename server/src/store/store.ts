/** The store: where the truth is. Its contract stands in `contract/`, a file a noun; one suite (`conformance.ts`) holds for every driver. */
import type { ApiClientAuthReads, ApiClientReads } from "./contract/api-clients.ts";
import type { BrowserReads } from "./contract/browsers.ts";
import type { CodeReads } from "./contract/codes.ts";
import type { CountReads } from "./contract/counts.ts";
import type { DenialReads } from "./contract/denials.ts";
import type { DeploymentReads } from "./contract/deployment.ts";
import type { EventTypeReads } from "./contract/event-types.ts";
import type { EventChecks, EventReads } from "./contract/events.ts";
import type { FullTextIndexing, FullTextReads } from "./contract/full-text.ts";
import type { InvitationReads, InvitationTokenReads } from "./contract/invitations.ts";
import type { LogReads } from "./contract/logs.ts";
import type { MemberReads, MembershipReads } from "./contract/members.ts";
import type { OrganizationReads } from "./contract/organizations.ts";
import type { PageReads } from "./contract/pages.ts";
import type { PersonalTokenReads } from "./contract/personal-tokens.ts";
import type { RowScope } from "./contract/row-scope.ts";
import type { SecondFactorReads } from "./contract/second-factors.ts";
import type { SessionReads } from "./contract/sessions.ts";
import type { TeamReads } from "./contract/teams.ts";
import type { WriteTransaction } from "./contract/transaction.ts";
import type { UserReads } from "./contract/users.ts";
import type { ViewerSessionReads } from "./contract/viewer-sessions.ts";

/** What can be read of organizations and their logs, within a row scope. */
export interface Reads
  extends OrganizationReads,
    EventTypeReads,
    MemberReads,
    InvitationReads,
    TeamReads,
    ApiClientReads,
    LogReads,
    EventReads,
    PageReads,
    CountReads,
    FullTextReads {}

/** What is read before an organization is known, or belongs to none: it sees every organization. */
interface AuthReads
  extends UserReads,
    SessionReads,
    BrowserReads,
    CodeReads,
    ViewerSessionReads,
    MembershipReads,
    InvitationTokenReads,
    SecondFactorReads,
    PersonalTokenReads,
    ApiClientAuthReads,
    DenialReads {}

/** The store: its own `Reads` see everything; code that reads for a caller reads by `within`. */
export interface Store extends Reads, AuthReads, DeploymentReads, EventChecks, FullTextIndexing {
  /** Runs `work` in one transaction; commits when it resolves, rolls back when it rejects. */
  write<T>(work: (tx: WriteTransaction) => Promise<T>, lane?: "events" | "changes"): Promise<T>;
  /** The same reads, seeing no more than that. */
  within(rowScope: RowScope): Reads;
  /** The database's clock. */
  clock(): Promise<bigint>;
  /**
   * Removes what no longer works and stands for nothing: sessions, viewer sessions, personal tokens and one-time codes that expired before
   * `now`, and idempotency keys that were used before `keysBefore`. Bookkeeping: no event goes with it.
   */
  sweep(now: bigint, keysBefore: bigint): Promise<void>;
  /** Resolves if a statement can be run and written. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
