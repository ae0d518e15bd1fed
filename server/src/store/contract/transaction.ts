/** The contract of the store for a writing transaction: everything that one may do, in which order, and what it may wait for. */
import type { ApiClientRows } from "./api-clients.ts";
import type { BrowserRows } from "./browsers.ts";
import type { CodeRows } from "./codes.ts";
import type { DenialRows } from "./denials.ts";
import type { DeploymentRows } from "./deployment.ts";
import type { EventTypeRows } from "./event-types.ts";
import type { EventRows } from "./events.ts";
import type { IdempotencyRows } from "./idempotency.ts";
import type { InvitationRows } from "./invitations.ts";
import type { LogRows } from "./logs.ts";
import type { MemberRows } from "./members.ts";
import type { OrganizationRows } from "./organizations.ts";
import type { PersonalTokenRows } from "./personal-tokens.ts";
import type { SecondFactorRows } from "./second-factors.ts";
import type { SessionRows } from "./sessions.ts";
import type { TeamRows } from "./teams.ts";
import type { UserRows } from "./users.ts";
import type { ViewerSessionRows } from "./viewer-sessions.ts";

/** One transaction that writes. */
export interface WriteTransaction
  extends DeploymentRows,
    OrganizationRows,
    IdempotencyRows,
    UserRows,
    MemberRows,
    InvitationRows,
    TeamRows,
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
    EventRows {
  /**
   * The time of this transaction's change: the database's clock, read when it is asked for first, and the same from then on. Each row
   * that is made, closed or ended in it carries this time.
   */
  changedAt(): Promise<bigint>;
  clock(): Promise<bigint>;
}
