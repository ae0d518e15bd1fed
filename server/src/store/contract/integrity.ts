/**
 * The contract of the store for fsck: Daybook's own rows and events, read as of one moment. The folders above decide which rows there must
 * be according to the events.
 */
import type { StoredEvent } from "./events.ts";
import type { FollowerPosition } from "./followers.ts";
import type { Head, Log } from "./logs.ts";

/**
 * A value of an own row. Times are texts with six decimals and `Z`, days are `2027-05-31`; lists and objects are JSON texts, big numbers
 * decimal texts.
 */
export type OwnValue = string | number | boolean | null;

/**
 * A row in the terms of events, by column: public ids instead of the store's numbers, and in place of the hash of a secret its credential
 * (base64url of SHA-256("daybook credential\n" || hash)).
 */
export type OwnRow = Readonly<Record<string, OwnValue>>;

/** The rows of an organization. */
export type OrganizationTable =
  | "organization"
  | "log"
  | "head"
  | "event_type"
  | "membership"
  | "invitation"
  | "team"
  | "team_member"
  | "saved_view"
  | "api_client"
  | "api_client_token"
  | "viewer_session";

/** The rows of the whole deployment, whose events are in the log of the reserved organization. */
export type DeploymentTable =
  | "deployment"
  | "integrity_check"
  | "service_event_type"
  | "user_account"
  | "session"
  | "personal_token"
  | "one_time_code"
  | "second_factor"
  | "recovery_codes";

export type OwnTable = OrganizationTable | DeploymentTable;

/** Where the rows of a table are found, and by which columns. */
export interface OwnTableKeys {
  /** The columns that identify a row; together, they are its key. */
  readonly key: readonly string[];
  /** The column whose value groups rows that one event changes together. */
  readonly group?: string;
  /** Rows with a past `expires_at` may be gone: the store removes them without an event. */
  readonly expires?: true;
}

export const ownTables: { readonly [Table in OwnTable]: OwnTableKeys } = {
  organization: { key: ["id"] },
  log: { key: ["organization_id", "log_no"] },
  head: { key: ["organization_id"] },
  event_type: { key: ["organization_id", "name", "version"], group: "organization_id" },
  membership: { key: ["organization_id", "user_id"] },
  invitation: { key: ["id"] },
  team: { key: ["id"] },
  team_member: { key: ["team_id", "user_id"], group: "team_id" },
  saved_view: { key: ["id"], group: "user_id" },
  api_client: { key: ["id"] },
  api_client_token: { key: ["token_hash"], group: "client_id" },
  viewer_session: { key: ["id"], expires: true },
  deployment: { key: ["singleton"] },
  integrity_check: { key: ["singleton"] },
  service_event_type: { key: ["name", "version"] },
  user_account: { key: ["id"] },
  session: { key: ["id"], expires: true },
  personal_token: { key: ["id"], expires: true },
  one_time_code: { key: ["code_hash"], group: "user_id", expires: true },
  second_factor: { key: ["user_id"] },
  // how many each account has
  recovery_codes: { key: ["user_id"] },
};

/** Events of Daybook's own (`own`) in a part of a log, and the position after that part. */
export interface OwnEvents {
  readonly events: readonly StoredEvent[];
  /** Undefined after the last event. */
  readonly next: FollowerPosition | undefined;
}

/** Reads that all see the database as it was at one moment. */
export interface Moment {
  /** The database's clock at that moment. */
  readonly now: bigint;
  heads(organizationIds: readonly number[]): Promise<Head[]>;
  logs(organizationId: number): Promise<Log[]>;
  /** As those of `IntegrityReads`. */
  ownEvents(organizationId: number, from: FollowerPosition): Promise<OwnEvents>;
  reservedEvents(type: string, target?: string): Promise<StoredEvent[]>;
  /** The rows of a table, some hundred at a time, in no order: those of an organization, or of the deployment (whatever the number). */
  ownRows(table: OwnTable, organizationId: number): AsyncIterable<readonly OwnRow[]>;
}

/** How derived rows are checked. */
export interface DerivedOptions {
  /** Called between two chunks; resolves with false to stop. */
  readonly goOn?: () => Promise<boolean>;
}

export interface IntegrityReads {
  /**
   * Compares the derived index rows with the slots of an organization's events, for fsck: the actor's key, the rows of targets, and
   * duplicate ids. Returns a sentence for each difference, with its log number
   * and seq, in the order of the log; empty if there is none. Reads in chunks, each with a snapshot of its own; events that are appended
   * meanwhile are not a difference.
   */
  checkDerived(organizationId: number, options?: DerivedOptions): AsyncIterable<string>;
  /**
   * The own events in the next part of an organization's logs, from a position on, in the order of the logs. A part has a limited number of
   * events, own or not; `next` is where the next part begins, in the next log after the last event of one.
   */
  ownEvents(organizationId: number, from: FollowerPosition): Promise<OwnEvents>;
  /** The own events of that type in the log of the reserved organization, in the order of the log; about that target (`type:id`) if given. */
  reservedEvents(type: string, target?: string): Promise<StoredEvent[]>;
  /** Runs reads of one moment: whatever commits meanwhile, they don't see it. `work` MUST NOT pause for more than a second between two of them. */
  atOneMoment<T>(work: (moment: Moment) => Promise<T>): Promise<T>;
  /** Which of these public ids no organization has. */
  missingOrganizations(ids: readonly string[]): Promise<string[]>;
  /** A sentence for each contradiction between tables that no log explains: rows of organizations that don't exist, names without a type, … */
  strayRows(): Promise<string[]>;
}
