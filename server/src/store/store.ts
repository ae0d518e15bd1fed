/**
 * The contract of the store: where the truth lies. One suite (`conformance.ts`) holds for every driver.
 *
 * Times are bigint microseconds since 1970 UTC. `organizationId` is the store's own small integer; the id that people
 * see (`org_…`) is `Organization.id`. Whatever fails because the database can't be reached or can't write is thrown as
 * `StoreError`, so that no room above knows of SQLSTATEs.
 */
import type { Outcome, SlotName, Source } from "daybook/event";
import type { ApiClientAuthReads, ApiClientReads, ApiClientRows } from "./api-clients.ts";
import type { EventTypeReads, EventTypeRows } from "./event-types.ts";
import type { IndexProgress, TextQuery, WordAt } from "./full-text.ts";
import type { Organization } from "./organization.ts";
import type { AuthReads, PeopleReads, PeopleRows } from "./people.ts";
import type { PersonalTokenReads, PersonalTokenRows } from "./personal-tokens.ts";
import type { SecondFactorReads, SecondFactorRows } from "./second-factors.ts";

export type { CustomEventType } from "./event-types.ts";
export type { Organization } from "./organization.ts";

/** What a new organization is made of. */
type NewOrganizationRow = Pick<Organization, "id" | "slug" | "name">;

/** The head of an organization's current log. Locked, read and written as a whole. */
export interface Head {
  readonly organizationId: number;
  readonly logNo: number;
  /** `<name>/o/<26 base32>` */
  readonly origin: string;
  readonly size: bigint;
  /** The roots of the full subtrees of the RFC 6962 tree of `size` leaves, largest first, 32 bytes each. */
  readonly frontier: Uint8Array;
  /** recordedAt of the last event; null while the log is empty. */
  readonly recordedAt: bigint | null;
  /** Of a closed organization: only the server's own events still append. Kept in the head row itself. */
  readonly closed: boolean;
}

/** One of an organization's logs; the one with the highest `logNo` is current. */
export interface Log {
  readonly organizationId: number;
  readonly logNo: number;
  readonly origin: string;
  readonly size: bigint;
}

/** One slot as kept: its value's JCS text and its 16-byte salt; of an erased slot its 32-byte digest alone. */
export type KeptSlot = { readonly json: string; readonly salt: Uint8Array } | { readonly digest: Uint8Array };

/** An event as the store keeps it. */
export interface StoredEvent {
  readonly organizationId: number;
  readonly logNo: number;
  readonly seq: bigint;
  /** Lower-case UUIDv7. */
  readonly id: string;
  readonly type: string;
  readonly occurredAt: bigint;
  readonly recordedAt: bigint;
  readonly outcome: Outcome;
  readonly leafHash: Uint8Array;
  readonly slots: Partial<Record<SlotName, KeptSlot>>;
}

/** A slot as a walk gives it: its value's JCS text; of an erased one the member `digest`, without the bytes. */
export type WalkedSlot = { readonly json: string } | { readonly digest: Uint8Array | undefined };

/** An event as a walk gives it: what an export writes, and no proof of it. */
export interface WalkedEvent extends Omit<StoredEvent, "leafHash" | "slots"> {
  readonly slots: Partial<Record<SlotName, WalkedSlot>>;
}

/** What is appended: a stored event (nothing erased), and what its indexes need. */
export interface NewEvent extends StoredEvent {
  /** `type:id` of the actor. */
  readonly actor: string;
  /** `type:id` of each target, each once. */
  readonly targets: readonly string[];
}

/** A full tile: 256 hashes of a level (0: leaf hashes, 1: roots of level-0 tiles, …). `index` counts from 0. */
export interface Tile {
  readonly organizationId: number;
  readonly logNo: number;
  readonly level: number;
  readonly index: bigint;
  /** 256 x 32 bytes */
  readonly hashes: Uint8Array;
  /** The root over the 256 hashes, 32 bytes: one hash of the level above. */
  readonly root: Uint8Array;
}

/** A place in an organization's newest-first order; pages go on after it. */
export interface PageKey {
  readonly occurredAt: bigint;
  readonly seq: bigint;
  readonly logNo: number;
  /** Only in the global order, where it breaks ties. */
  readonly organizationId?: number;
}

/** Which events: each list is an OR, all together an AND; an empty or absent one filters nothing. */
export interface Filter {
  readonly types?: readonly string[];
  /** `type:id` */
  readonly actors?: readonly string[];
  /** `type:id` */
  readonly targets?: readonly string[];
  readonly outcomes?: readonly Outcome[];
  /** Only what Daybook did and saw itself, or only what others reported. */
  readonly recordedBy?: Source;
  /** Inclusive, on occurredAt. */
  readonly from?: bigint;
  /** Exclusive, on occurredAt. */
  readonly to?: bigint;
}

export interface PageQuery {
  /** Absent: every organization (operators only). */
  readonly organizationId?: number;
  readonly filter: Filter;
  readonly after?: PageKey;
  readonly limit: number;
  /** The other way round: the oldest first, each after the place in that order. */
  readonly oldestFirst?: boolean;
}

/** A page of the events that hold words. */
export interface FindQuery extends Omit<PageQuery, "oldestFirst"> {
  readonly wanted: TextQuery;
}

/** What was found, in the order of a page; `reached`: the look broke off there, before the page was full and all was seen. */
export interface Found {
  readonly events: StoredEvent[];
  readonly reached: PageKey | undefined;
}

/** How events are spread over time. */
export interface CountQuery extends Pick<PageQuery, "organizationId"> {
  /** Its `from` and `to` are passed over: `bounds` are what counts. */
  readonly filter: Filter;
  readonly wanted?: TextQuery | undefined;
  /** Times in order: between each and the next is a bucket, without its end. At most 400 buckets. */
  readonly bounds: readonly bigint[];
  /** About how many events are counted at most. */
  readonly most: number;
}

/** How many events a bucket has; `more`: at least so many. */
export interface Count {
  readonly count: number;
  readonly more: boolean;
}

/** A span of the calendar, in days or hours of a time zone (an IANA name). */
export interface CalendarQuery {
  readonly unit: "hour" | "day";
  readonly from: bigint;
  readonly to: bigint;
  readonly timeZone: string;
}

/** An event, in so far as it is read for its words. */
export type IndexedEvent = Pick<WalkedEvent, "type" | "slots">;

/** How words are indexed: which slots are read, and which words an event has. */
export interface Indexing {
  readonly slots: readonly SlotName[];
  readonly limit: number;
  readonly wordsOf: (event: IndexedEvent) => readonly WordAt[];
}

/** A walk for export, oldest first by (occurredAt, seq, logNo), or by (logNo, seq) where `by` is `recorded`. */
export interface WalkQuery {
  readonly organizationId: number;
  readonly by: "occurred" | "recorded";
  /** Its `from` and `to` are on the time that `by` names. */
  readonly filter: Filter;
  /** Only events before this place in the log; the export's own event. */
  readonly before: { readonly logNo: number; readonly seq: bigint };
  /** The slots whose values are read; absent: all. Erased slots are told of whether they are among them or not. */
  readonly slots?: readonly SlotName[];
}

/** What an `Idempotency-Key` was used for, and what was answered. */
export interface Answered {
  /** SHA-256 of method, path and body. */
  readonly requestHash: Uint8Array;
  readonly status: number;
  readonly body: string;
}

/**
 * One transaction that writes: READ COMMITTED, lock_timeout 2 s, synchronous_commit on. The order is fixed (spec/recording.md):
 * business rows, heads, clock, ids, events and tiles, heads, commit. After `lockHeads` nothing else may be locked.
 * A method may be called before the answer of the one before it: each is a statement of its own, in the order of the calls.
 */
export interface WriteTransaction
  extends PeopleRows,
    SecondFactorRows,
    PersonalTokenRows,
    ApiClientRows,
    EventTypeRows {
  /**
   * The time of this transaction's change: the database's clock, read when it is asked for first, and the same from then on. Each row
   * that is made, closed or ended in it carries this time.
   */
  changedAt(): Promise<bigint>;
  // 1. business rows
  /** The one deployment row: false if another process was first (a concurrent one is waited for). */
  insertDeployment(deployment: NewDeployment): Promise<boolean>;
  /** `organizationId` is given for the reserved organization only; else the store picks the next one. */
  insertOrganization(organization: NewOrganizationRow & { organizationId?: 0 }): Promise<Organization>;
  /** Throws StoreError `conflict` if no such row. Locks the row. */
  organizationForUpdate(organizationId: number): Promise<Organization>;
  /** Sets `closedAt` to the time of the change. Does not touch the head: its `closed` is set by `updateHeads`, in step 6. */
  closeOrganization(organizationId: number): Promise<void>;
  /** Makes the log's row, and its head: size 0, empty frontier, recordedAt null, open. */
  insertLog(log: { organizationId: number; logNo: number; origin: string }): Promise<void>;
  /** Undefined: the key is new and is now ours (a concurrent holder of the same key waits for our commit). */
  claimIdempotencyKey(
    organizationId: number,
    key: string,
    requestHash: Uint8Array,
  ): Promise<Answered | undefined>;
  answerIdempotencyKey(
    organizationId: number,
    key: string,
    answer: { status: number; body: string },
  ): Promise<void>;
  /** That of the deployment, which has to be there; others wait for our commit. */
  operatorTokenHashForUpdate(): Promise<Uint8Array>;
  setOperatorTokenHash(hash: Uint8Array): Promise<void>;
  // 2. heads, once, in the order of organizationId; an organization without a head is absent from the answer
  lockHeads(organizationIds: readonly number[]): Promise<Head[]>;
  // 3. the database's clock, read by a statement of its own
  clock(): Promise<bigint>;
  // 4. which of these ids are recorded already
  findEvents(ids: readonly { organizationId: number; id: string }[]): Promise<StoredEvent[]>;
  // 5.
  appendEvents(events: readonly NewEvent[]): Promise<void>;
  appendTiles(tiles: readonly Tile[]): Promise<void>;
  /** Level-0 leaf hashes [from, to) of a log, to complete a tile: from rows, in order of seq. */
  leafHashes(organizationId: number, logNo: number, from: bigint, to: bigint): Promise<Uint8Array[]>;
  /** The roots of the full tiles [from, to) of a level: the hashes of the level above. */
  tileRoots(
    organizationId: number,
    logNo: number,
    level: number,
    from: bigint,
    to: bigint,
  ): Promise<Uint8Array[]>;
  // 6. size, frontier, recordedAt and closed
  updateHeads(heads: readonly Head[]): Promise<void>;
}

/** The one row about the deployment as a whole. Made by the first process, then only read. */
export interface Deployment {
  /** `DAYBOOK_LOG_NAME` of the first start: the `<name>` of every origin. */
  readonly logName: string;
  /** The Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  /** SHA-256 of the operator token. */
  readonly operatorTokenHash: Uint8Array;
  /** Since when that token works: what was handed out by one before it ends with it. Microseconds since 1970 UTC. */
  readonly operatorTokenSince: bigint;
  /** The name of the key that secrets are encrypted by; null: there never was one. */
  readonly secretsKeyId: string | null;
}

/** A deployment as it is made: its operator token works from then on, and there is no secrets key yet. */
export type NewDeployment = Omit<Deployment, "secretsKeyId" | "operatorTokenSince">;

/**
 * Whose rows a reading may see: one organization's, by its number. Row-level security: the database itself refuses the rest,
 * whatever is asked for. `everything` is for operators and for what the server does by itself.
 */
export type RowScope = number | "everything";

/** The row scope of a caller who belongs nowhere: no organization has this number. */
export const nothing = -1;

/** What can be read of organizations and their logs, within a row scope. */
export interface Reads extends PeopleReads, ApiClientReads, EventTypeReads {
  organization(slugOrId: string): Promise<Organization | undefined>;
  organizationsById(organizationIds: readonly number[]): Promise<Organization[]>;
  /** In the order of slug, after `afterSlug`; without the reserved one. */
  organizations(afterSlug: string | undefined, limit: number): Promise<Organization[]>;

  page(query: PageQuery): Promise<StoredEvent[]>;
  /** Only events whose words are indexed. */
  find(query: FindQuery): Promise<Found>;
  /** A count for each bucket; with words, of events whose words are indexed. */
  count(query: CountQuery): Promise<Count[]>;
  /** How far words are indexed: of that organization, or of each where not all are. */
  indexProgress(organizationId: number | undefined): Promise<IndexProgress[]>;
  /** The bounds of the hours or days that a span touches: the first at or before `from`, the last at or after `to`. */
  calendar(query: CalendarQuery): Promise<bigint[]>;
  event(organizationId: number, id: string): Promise<StoredEvent | undefined>;
  /** Events of a log in order of seq, from `fromSeq`, at most `limit`. */
  events(organizationId: number, logNo: number, fromSeq: bigint, limit: number): Promise<StoredEvent[]>;
  heads(organizationIds: readonly number[]): Promise<Head[]>;
  logs(organizationId: number): Promise<Log[]>;
  tiles(
    organizationId: number,
    logNo: number,
    level: number,
    fromIndex: bigint,
    limit: number,
  ): Promise<Tile[]>;
  /**
   * Oldest first, in flat memory: chunks of at most 2,000; the next is read while one is used. Holds no connection and no
   * snapshot between chunks.
   */
  walk(query: WalkQuery): AsyncIterable<WalkedEvent[]>;
}

/** The store: its own `Reads` see everything; whoever reads for a caller reads by `within`. */
export interface Store extends Reads, AuthReads, SecondFactorReads, PersonalTokenReads, ApiClientAuthReads {
  /** Runs `work` in one transaction; commits when it resolves, rolls back when it rejects. */
  write<T>(work: (tx: WriteTransaction) => Promise<T>, lane?: "events" | "changes"): Promise<T>;

  /** The same reads, seeing no more than that. */
  within(rowScope: RowScope): Reads;

  /** The deployment; undefined before the log room has initialised it (`insertDeployment` and what goes with it). */
  deployment(): Promise<Deployment | undefined>;
  /** The database's clock. */
  clock(): Promise<bigint>;
  /** Which of these ids are recorded, outside a transaction: to find out what became of a broken one. */
  findEvents(ids: readonly { organizationId: number; id: string }[]): Promise<StoredEvent[]>;
  /** How many events by type, for operators and the demo. */
  countByType(organizationId?: number): Promise<{ type: string; count: bigint }[]>;
  /**
   * Removes what no longer works and stands for nothing: sessions, viewer sessions, personal tokens and one-time codes that expired before
   * `now`, and idempotency keys that were used before `keysBefore`. Bookkeeping: no event goes with it.
   */
  sweep(now: bigint, keysBefore: bigint): Promise<void>;

  /**
   * Indexes the words of the next events of an organization, in one transaction; how many. 0 too while another process is at it. What
   * a process that is killed had begun is as if it had not.
   */
  indexFullText(organizationId: number, indexing: Indexing): Promise<number>;
  /** Organizations whose words are not all indexed, at most `limit`. */
  unindexedOrganizations(limit: number): Promise<number[]>;

  /**
   * What differs between the derived columns and tables (actor, targets) and the slots, ids that an organization has twice, and
   * an full-text index that has not what it says: a sentence each, naming logNo and seq; for fsck.
   */
  checkDerived(organizationId: number): AsyncIterable<string>;
  /** Resolves if a statement can be run and written. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Why the store failed, in terms of what the caller must do. */
export type StoreFailure =
  /** SQLSTATE class 22, 23, 54: what was sent doesn't fit; run each request alone. */
  | "refused"
  /** A unique name is taken; `constraint` says which. */
  | "conflict"
  /** Class 40: run the same again. */
  | "retry"
  /** Lock or statement timeout: nothing was done; run again later. */
  | "busy"
  /** Class 53, 57, 58, or no connection, before COMMIT was sent: nothing was done. */
  | "unavailable"
  /** The connection broke after COMMIT was sent: look the ids up on a new connection. */
  | "unknown";

export class StoreError extends Error {
  readonly failure: StoreFailure;
  readonly constraint: string | undefined;
  constructor(
    failure: StoreFailure,
    message: string,
    options: { cause?: unknown; constraint?: string } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "StoreError";
    this.failure = failure;
    this.constraint = options.constraint;
  }
}
