/** The contract of the store for a writing transaction: its methods, their order, and what each may wait for. */
import type { ApiClientRows } from "./api-clients.ts";
import type { BrowserRows } from "./browsers.ts";
import type { CodeRows } from "./codes.ts";
import type { DenialRows } from "./denials.ts";
import type { DeploymentRows } from "./deployment.ts";
import type { EventTypeRows } from "./event-types.ts";
import type { EventRows } from "./events.ts";
import type { FollowerRows } from "./followers.ts";
import type { IdempotencyRows } from "./idempotency.ts";
import type { IntegrityCheckRows } from "./integrity-checks.ts";
import type { InvitationRows } from "./invitations.ts";
import type { LogRows } from "./logs.ts";
import type { MemberRows } from "./members.ts";
import type { OrganizationRows } from "./organizations.ts";
import type { PersonalTokenRows } from "./personal-tokens.ts";
import type { SavedViewRows } from "./saved-views.ts";
import type { SecondFactorRows } from "./second-factors.ts";
import type { SegmentRows } from "./segments.ts";
import type { SessionRows } from "./sessions.ts";
import type { TeamRows } from "./teams.ts";
import type { UserRows } from "./users.ts";
import type { ViewerSessionRows } from "./viewer-sessions.ts";

/**
 * One transaction that writes: READ COMMITTED, lock_timeout 2 s, synchronous_commit on. spec/recording.md has the reasons for its order,
 * which every caller MUST follow:
 *
 * 1. business rows (organizations, people, API clients, …): the organization's row first, then users, then sessions, codes and tokens;
 * 2. heads, once (`lockHeads`);
 * 3. the database's clock (`clock`), in a separate statement;
 * 4. the ids that are already recorded (`findEvents`);
 * 5. events and tiles (`appendEvents`, `appendTiles`);
 * 6. heads (`updateHeads`);
 * 7. COMMIT, by `write`.
 *
 * After step 2, nothing else may be locked. A transaction that records nothing ends after step 1.
 *
 * A method can be called before the result of the one before it: each is a separate statement, and they run in the order of the calls. A
 * method that rejects with StoreError has failed the whole transaction, even if the caller catches the error. A method that locks waits at
 * most 2 seconds for another transaction, then rejects with `busy`; one of two that wait for each other rejects with `retry`. Locks are
 * held until the transaction ends.
 *
 * If a row doesn't exist, a method that looks (`…ForUpdate`) returns undefined, one that takes or deletes by a secret returns false or
 * undefined, and one that changes a row by its key rejects with `conflict`, unless its own comment differs.
 */
export interface WriteTransaction
  extends DeploymentRows,
    OrganizationRows,
    IdempotencyRows,
    UserRows,
    MemberRows,
    InvitationRows,
    TeamRows,
    SavedViewRows,
    SessionRows,
    BrowserRows,
    CodeRows,
    ViewerSessionRows,
    SecondFactorRows,
    PersonalTokenRows,
    ApiClientRows,
    EventTypeRows,
    DenialRows,
    LogRows,
    EventRows,
    IntegrityCheckRows,
    FollowerRows,
    SegmentRows {
  /**
   * The time of this transaction's change: the database's clock, read at the first call, and the same from then on. Each row that the
   * transaction makes, closes or ends has this time. The first call, or the first such row, MUST come after the locks that order the
   * change.
   */
  changedAt(): Promise<bigint>;
  /** The database's clock at this call: step 3. It is never earlier than the locks that the transaction holds. */
  clock(): Promise<bigint>;
}
