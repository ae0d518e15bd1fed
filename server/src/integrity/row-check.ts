/**
 * Checks Daybook's own rows: folds the own events of an organization's logs, part by part, and compares the result with the rows as of one
 * moment. Memory grows with the rows of one organization, not with its events.
 */
import type { EventTypeName } from "daybook/catalogue";
import { formatTime, type OrganizationName, type RecordedEvent } from "daybook/internal";
import { toRecordedEvent } from "../search/index.ts";
import type { StoredEvent } from "../store/contract/events.ts";
import type { FollowerPosition } from "../store/contract/followers.ts";
import {
  type DeploymentTable,
  type Moment,
  type OrganizationTable,
  type OwnEvents,
  type OwnTable,
  ownTables,
} from "../store/contract/integrity.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import { compareRows } from "./compare.ts";
import type { Finding, LogFinding } from "./finding.ts";
import {
  FoldedRows,
  foldEvent,
  isFolded,
  NoSuchRow,
  type OwnEvent,
  settleOperatorTokens,
} from "./folds/index.ts";

export type RowCheckStore = Pick<
  Store,
  "ownEvents" | "reservedEvents" | "atOneMoment" | "missingOrganizations" | "clock"
>;

/** The reserved organization's log has the events of the deployment. */
const reserved = 0;
/** For how long a fold remembers rows that have expired: long after the store has removed them. */
const forgotten = 7n * 86_400n * 1_000_000n;
/** A table is searched for rows to forget when it has grown by so many. */
const forgetEvery = 10_000;

const ofOrganization: readonly OrganizationTable[] = [
  "organization",
  "log",
  "head",
  "event_type",
  "membership",
  "invitation",
  "team",
  "team_member",
  "saved_view",
  "api_client",
  "api_client_token",
  "viewer_session",
];
const ofDeployment: readonly DeploymentTable[] = [
  "deployment",
  "integrity_check",
  "service_event_type",
  "user_account",
  "session",
  "personal_token",
  "one_time_code",
  "second_factor",
  "recovery_codes",
];

/** The event as it is read back; undefined if its slots are malformed, which the check of its leaf says. */
function recorded(stored: StoredEvent, organization: OrganizationName): RecordedEvent | undefined {
  try {
    return toRecordedEvent(stored, organization);
  } catch {
    return undefined;
  }
}

/** Events of the log of the reserved organization. */
const asReserved = (events: readonly StoredEvent[]): RecordedEvent[] =>
  events.flatMap((event) => recorded(event, { id: "", name: "", slug: "daybook" }) ?? []);

/** One organization's fold. */
class Folding {
  readonly rows = new FoldedRows();
  /** Public ids of organizations that events of the reserved log say were added. */
  added: string[] = [];
  readonly #organization: Organization;
  readonly #grown = new Map<OwnTable, number>();

  constructor(organization: Organization) {
    this.#organization = organization;
  }

  /** Folds events of this organization's logs. */
  *add(events: readonly StoredEvent[]): Generator<LogFinding> {
    for (const stored of events) {
      const event = recorded(stored, this.#organization);
      const sentence = event && (this.#isElsewhere(event) ? undefined : this.fold(event));
      if (sentence !== undefined) yield { seq: stored.seq, sentence };
    }
  }

  /** Other organizations are checked with their own logs; here, they only have to exist. */
  #isElsewhere({ type, data }: RecordedEvent): boolean {
    const { organizationId, id } = this.#organization;
    if (organizationId !== reserved) return false;
    if (type !== "ORGANIZATION_ADDED" && type !== "ORGANIZATION_CLOSED") return false;
    const about = data?.organizationId;
    if (type === "ORGANIZATION_ADDED" && typeof about === "string") this.added.push(about);
    return about !== id;
  }

  /** Folds an event; a sentence if it can't be folded. */
  fold(event: RecordedEvent): string | undefined {
    const { type, seq } = event;
    if (!isFolded(type))
      return `Event ${seq} is marked as Daybook's own, but a ${type} changes none of its rows.`;
    try {
      foldEvent(this.rows, event as unknown as OwnEvent);
      return undefined;
    } catch (error) {
      if (error instanceof NoSuchRow) return `Event ${seq} (${type}) changes ${error.message}.`;
      return `Event ${seq} (${type}) can't be applied to Daybook's rows: its data is not that of its type.`;
    }
  }

  /** Forgets rows that expired long ago, so that memory doesn't grow with the number of sign-ins. */
  forget(before: string): void {
    for (const table of Object.keys(ownTables) as OwnTable[]) {
      const rows = this.rows.of(table);
      if (!ownTables[table].expires || rows.size < (this.#grown.get(table) ?? forgetEvery)) continue;
      for (const [key, { expires_at }] of rows)
        if (typeof expires_at === "string" && expires_at <= before) this.rows.remove(table, key);
      this.#grown.set(table, rows.size + forgetEvery);
    }
  }
}

/** Reads own events from a position on, until there are no more; returns the position after the last one. */
async function* foldFrom(
  read: (from: FollowerPosition) => Promise<OwnEvents>,
  from: FollowerPosition,
  folding: Folding,
): AsyncGenerator<LogFinding, FollowerPosition> {
  for (let at = from; ; ) {
    const { events, next } = await read(at);
    yield* folding.add(events);
    const last = events.at(-1);
    if (next === undefined) return last === undefined ? at : { logNo: last.logNo, next: last.seq + 1n };
    at = next;
  }
}

async function compareAll(
  moment: Moment,
  { organizationId }: Organization,
  { rows }: Folding,
): Promise<LogFinding[]> {
  const found: LogFinding[] = [];
  const [now, forgottenBefore] = [formatTime(moment.now), formatTime(moment.now - forgotten)];
  const tables = organizationId === reserved ? [...ofDeployment, ...ofOrganization] : ofOrganization;
  for (const table of tables) {
    const stored = moment.ownRows(table, organizationId);
    const expected = rows.of(table);
    for await (const sentence of compareRows({ table, expected, stored, now, forgottenBefore }))
      found.push({ sentence });
  }
  return found;
}

/** Folds what was recorded since, and compares: all of one moment. */
const atTheEnd = (
  store: RowCheckStore,
  organization: Organization,
  { folding, from }: { readonly folding: Folding; readonly from: FollowerPosition },
): Promise<LogFinding[]> =>
  store.atOneMoment(async (moment) => {
    const { organizationId, id } = organization;
    const found: LogFinding[] = [];
    const rest = foldFrom((at) => moment.ownEvents(organizationId, at), from, folding);
    for await (const finding of rest) found.push(finding);
    if (organizationId !== reserved) {
      const closed = await moment.reservedEvents("ORGANIZATION_CLOSED", `organization:${id}`);
      for (const event of asReserved(closed)) folding.fold(event);
    }
    const allOf = async <Name extends EventTypeName>(type: Name): Promise<OwnEvent<Name>[]> =>
      asReserved(await moment.reservedEvents(type)) as unknown as OwnEvent<Name>[];
    settleOperatorTokens(folding.rows, {
      replaced: await allOf("OPERATOR_TOKEN_REPLACED"),
      corrected: await allOf("LOG_CLOCK_CORRECTED"),
    });
    return [...found, ...(await compareAll(moment, organization, folding))];
  });

/** The row of an organization begins with an event in the log of the reserved one. */
async function* beginning(
  store: RowCheckStore,
  { id, slug }: Organization,
  folding: Folding,
): AsyncGenerator<LogFinding> {
  const added = await store.reservedEvents("ORGANIZATION_ADDED", `organization:${id}`);
  for (const event of asReserved(added)) folding.fold(event);
  if (added.length === 0) yield { sentence: `No event in the log of daybook says that ${slug} was added.` };
}

/** Checks the rows of an organization; those of the deployment with the reserved one. `goOn` resolves with false to stop. */
export async function* checkRows(
  store: RowCheckStore,
  organization: Organization,
  goOn: () => Promise<boolean>,
): AsyncGenerator<Finding> {
  for await (const finding of rowFindings(store, organization, goOn))
    yield { organization: organization.id, ...finding };
}

async function* rowFindings(
  store: RowCheckStore,
  organization: Organization,
  goOn: () => Promise<boolean>,
): AsyncGenerator<LogFinding> {
  const { organizationId } = organization;
  const folding = new Folding(organization);
  if (organizationId !== reserved) yield* beginning(store, organization, folding);
  const before = formatTime((await store.clock()) - forgotten);
  let isStopped = false;
  const read = async (at: FollowerPosition): Promise<OwnEvents> => {
    folding.forget(before);
    isStopped = !(await goOn());
    return isStopped ? { events: [], next: undefined } : store.ownEvents(organizationId, at);
  };
  const from = yield* foldFrom(read, { logNo: 0, next: 0n }, folding);
  if (isStopped) return;
  yield* await atTheEnd(store, organization, { folding, from });
  for (const missing of await store.missingOrganizations(folding.added)) {
    const sentence = `Organization ${missing} is missing, but an event in the log of daybook says that it was added.`;
    yield { sentence };
  }
}
