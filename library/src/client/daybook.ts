/** The client: what an application holds to record into and read from one organization's log, and to look after what it has. */
import { DaybookError } from "../error/index.ts";
import type { EventInput, Receipt, Unrecorded } from "../event/index.ts";
import { type ApiClients, apiClientsOf } from "./api-clients.ts";
import type { AuditEvent } from "./audit-event.ts";
import { batchesOf } from "./batches.ts";
import { type CallOptions, plain, postOnce } from "./changes.ts";
import type { EventName } from "./event-name.ts";
import { type EventTypes, eventTypesOf } from "./event-types.ts";
import { type ExportOptions, openExport } from "./export.ts";
import { type FollowedEvent, type FollowOptions, follow } from "./follow.ts";
import { type Invitations, invitationsOf, type Members, membersOf } from "./members.ts";
import type { Compared, ReceiptFor } from "./new-event.ts";
import { type ClientOptions, type Settings, settingsOf } from "./options.ts";
import { organizationSettingsOf, type SettingsOfOrganization } from "./organization-settings.ts";
import { type RecordOptions, recordBatch } from "./record.ts";
import { type FoundBy, readEvent, type Search, type SearchOptions, searchOf } from "./search.ts";
import { type Teams, teamsOf } from "./teams.ts";
import { type ViewerSessions, viewerSessionsOf } from "./viewer-sessions.ts";

/**
 * A client for one organization. It holds no connection and needs no closing; Node's fetch pools connections.
 *
 * Every call throws DaybookError: with the server's code and pointers where the server refused, with `timeout` or
 * `unreachable` where no answer came. 429, 502, 503, 504, timeouts and broken connections are tried again, with the same event ids
 * and the same Idempotency-Key, so that nothing is recorded or done twice. An aborted signal throws its own reason.
 *
 * A token of an API client does what its scopes say: `events:write` to record, `events:read` to search, follow and open viewer
 * sessions, `audit-log:download` to export, `event-types:write` to register event types. What it may not throws `not-allowed`, and says which scope is missing.
 */
export class Daybook {
  readonly #settings: Settings;
  /** The machines that may write and read here, and their tokens. */
  readonly apiClients: ApiClients;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly teams: Teams;
  /** What the organization says of itself. */
  readonly settings: SettingsOfOrganization;
  /** The log for a user of one's own, for some minutes. */
  readonly viewerSessions: ViewerSessions;
  /** What may be recorded, and types of one's own. */
  readonly eventTypes: EventTypes;

  /** Throws `config-invalid`, naming the option. */
  constructor(options: ClientOptions) {
    const settings = settingsOf(options);
    this.#settings = settings;
    this.apiClients = apiClientsOf(settings);
    this.members = membersOf(settings);
    this.invitations = invitationsOf(settings);
    this.teams = teamsOf(settings);
    this.settings = organizationSettingsOf(settings);
    this.viewerSessions = viewerSessionsOf(settings);
    this.eventTypes = eventTypesOf(settings);
  }

  /**
   * Records one event, and resolves once it is durable.
   * @returns its receipt; where `before` and `after` were both given and are equal, `{id, recorded: false}`
   */
  async record<Before = undefined, After = undefined>(
    event: Compared<Before, After>,
    options: RecordOptions = {},
  ): Promise<ReceiptFor<Before, After>> {
    if (Array.isArray(event))
      throw new DaybookError("event-invalid", {
        detail: "An event is an object.",
        remedy: "Record several with recordMany.",
      });
    for await (const batch of batchesOf([event as unknown as EventInput], true)) {
      const [receipt] = await recordBatch(this.#settings, batch, options);
      return receipt as ReceiptFor<Before, After>;
    }
    throw new Error("An event is always a batch.");
  }

  /**
   * Records many, in order, and resolves with their receipts once they are durable. Up to 1,000 events and 5 MiB are one request: all
   * of it or nothing. More are several requests, one after the other; if one fails, the error says how many events before it are recorded.
   */
  async recordMany<Before = undefined, After = undefined>(
    events: readonly Compared<Before, After>[],
    options: RecordOptions = {},
  ): Promise<ReceiptFor<Before, After>[]> {
    const all: (Receipt | Unrecorded)[] = [];
    for await (const batch of batchesOf(events as unknown as readonly EventInput[]))
      for (const receipt of await recordBatch(this.#settings, batch, options)) all.push(receipt);
    return all as ReceiptFor<Before, After>[];
  }

  /** Records events as they come, batch by batch; yields the receipts of each batch once it is durable. */
  async *recordAll(
    events: Iterable<EventInput> | AsyncIterable<EventInput>,
    options: RecordOptions = {},
  ): AsyncGenerator<(Receipt | Unrecorded)[], void, undefined> {
    for await (const batch of batchesOf(events)) yield await recordBatch(this.#settings, batch, options);
  }

  /** Searches, newest first by occurredAt. Nothing is sent before the first event or page is asked for. */
  search<const T extends EventName = never>(options: SearchOptions<T> = {}): Search<FoundBy<T>> {
    return searchOf(this.#settings, options);
  }

  /** One event. Throws `event-not-found`. */
  get(id: string, options: { readonly signal?: AbortSignal } = {}): Promise<AuditEvent> {
    return readEvent(this.#settings, id, options.signal);
  }

  /** Downloads the audit log, as CSV unless `format` names another format. Resolves once the server has begun; the download is itself an event of the log. */
  export(options: ExportOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return openExport(this.#settings, options);
  }

  /**
   * Replaces the operator token of the service, for clients that show it; gives the new one, this once. The old one stops working at once,
   * so this client's does too: open another client with the new one. It isn't tried again where no answer came (`timeout`, `unreachable`).
   * Throws `operator-token-fixed` where DAYBOOK_OPERATOR_TOKEN sets the token, `not-allowed`.
   */
  replaceOperatorToken(options: CallOptions = {}): Promise<{ readonly token: string }> {
    const settings = { ...this.#settings, base: this.#settings.service };
    return postOnce(settings, { path: "/operator-token/replace", ...options }, plain<{ token: string }>);
  }

  /** Follows the log in its own order; connects again by itself, without skipping or repeating. */
  follow(options: FollowOptions = {}): AsyncGenerator<FollowedEvent, void, undefined> {
    return follow(this.#settings, options);
  }
}
