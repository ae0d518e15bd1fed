/**
 * The store, which holds the truth. `contract/` has its contract, one file for each noun; one test suite (`conformance.ts`) applies to
 * every implementation.
 *
 * Times are bigint microseconds since 1970 UTC. `organizationId` is the store's own small integer; the public id (`org_…`) is
 * `Organization.id`. Any failure because the database can't be reached or can't write is a `StoreError`, so no folder above needs
 * SQLSTATEs. MUST has the meaning of RFC 2119; "in no order" means that an implementation can return any order.
 */
import type { ApiClientAuthReads, ApiClientReads } from "./contract/api-clients.ts";
import type { BrowserReads } from "./contract/browsers.ts";
import type { CodeReads } from "./contract/codes.ts";
import type { CountReads } from "./contract/counts.ts";
import type { DenialReads } from "./contract/denials.ts";
import type { DeploymentReads } from "./contract/deployment.ts";
import type { EventTypeReads } from "./contract/event-types.ts";
import type { EventChecks, EventReads } from "./contract/events.ts";
import type { FollowerReads, FollowerStore } from "./contract/followers.ts";
import type { IntegrityReads } from "./contract/integrity.ts";
import type { IntegrityCheckStore } from "./contract/integrity-checks.ts";
import type { InvitationReads, InvitationTokenReads } from "./contract/invitations.ts";
import type { LatestReads } from "./contract/latest.ts";
import type { LogReads } from "./contract/logs.ts";
import type { MaintenanceReads } from "./contract/maintenance.ts";
import type { MemberReads, MembershipReads } from "./contract/members.ts";
import type { OrganizationReads } from "./contract/organizations.ts";
import type { PageBytesReads } from "./contract/page-bytes.ts";
import type { PageReads } from "./contract/pages.ts";
import type { PersonalTokenReads } from "./contract/personal-tokens.ts";
import type { Placement, WriteNames } from "./contract/placement.ts";
import type { ReadinessChecks } from "./contract/readiness.ts";
import type { RowScope } from "./contract/row-scope.ts";
import type { SavedViewReads } from "./contract/saved-views.ts";
import type { SecondFactorReads } from "./contract/second-factors.ts";
import type { SegmentChecks, SegmentReads } from "./contract/segments.ts";
import type { SessionReads } from "./contract/sessions.ts";
import type { TeamReads } from "./contract/teams.ts";
import type { WriteTransaction } from "./contract/transaction.ts";
import type { UserReads } from "./contract/users.ts";
import type { ViewerSessionReads } from "./contract/viewer-sessions.ts";
import type { WalkReads } from "./contract/walks.ts";

/**
 * What can be read of organizations and their logs, within a row scope. A read sees what was committed before its statement began, and
 * nothing of a running transaction. It locks nothing and waits for no writer. A read whose connection turns out to be dead runs again on a
 * new one; if that fails, it rejects with StoreError `unavailable`.
 */
export interface Reads
  extends OrganizationReads,
    EventTypeReads,
    MemberReads,
    InvitationReads,
    TeamReads,
    SavedViewReads,
    ApiClientReads,
    LogReads,
    EventReads,
    PageReads,
    PageBytesReads,
    WalkReads,
    CountReads,
    LatestReads,
    SegmentReads,
    FollowerReads {}

/**
 * What is read before an organization is known, or belongs to no organization. It sees every organization, and has connections of its own,
 * so that authentication never waits behind long reads.
 */
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

/** The store: its own `Reads` see everything; code that reads for a caller MUST read through `within`. */
export interface Store
  extends Reads,
    AuthReads,
    DeploymentReads,
    EventChecks,
    SegmentChecks,
    IntegrityReads,
    IntegrityCheckStore,
    FollowerStore,
    ReadinessChecks,
    MaintenanceReads {
  /**
   * Runs `work` in one transaction, and commits it when `work` resolves. When `write` resolves, everything that the transaction did is
   * durable (synchronous_commit; not after `commitLater`) and visible to every read that begins after it.
   *
   * If `work` rejects, the transaction is rolled back and `write` rejects with the same error: nothing was done. If a statement failed, it
   * rejects with that failure even if `work` caught it. Only after StoreError `unknown` is it open whether the transaction was committed:
   * the connection broke after COMMIT was sent. `work` runs at most once, except that a connection found dead at BEGIN is replaced before
   * `work` runs.
   *
   * `names` says beforehand which organizations the transaction touches. They MUST have one placement, unless the change is one of
   * `spanningChanges`. Before it begins, the store MUST reject names that exceed their kind, with RangeError. It MUST NOT run a method that
   * touches an organization that was not named: the method rejects with RangeError. (`named-writes.ts` does both for every driver.)
   *
   * Each lane has its own connections: a change never waits for a connection behind recordings, nor they behind it, nor either behind
   * jobs. The database ends a transaction that idles for 5 seconds (`unavailable`).
   */
  write<T>(work: (tx: WriteTransaction) => Promise<T>, names: WriteNames): Promise<T>;
  /**
   * Where an organization is stored, even one that does not exist. MUST answer from memory, and the same as long as the store is open. A store
   * of one database answers the same for every organization.
   */
  placementOf(organizationId: number): Placement;
  /** The same reads, limited to rows in the row scope: the database refuses all others, whatever the query. */
  within(rowScope: RowScope): Reads;
  /** The database's clock. */
  clock(): Promise<bigint>;
  /**
   * Removes expired rows that have no effect: sessions, half-sessions, viewer sessions, personal tokens, one-time codes and known browsers
   * that expired before `now`, and idempotency keys that were claimed before `keysBefore`. It works in portions, each a separate
   * transaction; a row that another transaction holds is left for the next time. It needs no event.
   */
  sweep(now: bigint, keysBefore: bigint): Promise<void>;
  /** Closes all connections, those in use when their work is done. Nothing may be called after it. */
  close(): Promise<void>;
  /** Breaks all connections immediately, also while `close` waits: calls in progress reject with StoreError, except those that have nothing to wait for. */
  abandon(): void;
}
