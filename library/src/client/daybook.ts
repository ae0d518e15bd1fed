/** The client: records into one organization's log, reads it, and manages the organization's data. */
import { DaybookError } from "../error/index.ts";
import type { EventInput, Receipt, Unrecorded } from "../event/index.ts";
import { type ApiClients, apiClientsOf } from "./api-clients.ts";
import type { AuditEvent } from "./audit-event.ts";
import { batchesOf, type Several } from "./batches.ts";
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
import { type SavedViews, savedViewsOf } from "./views.ts";

/**
 * A client for one organization. It holds no connection, and needs no closing; Node's fetch pools connections.
 *
 * Every call throws DaybookError: with the server's code and pointers if the server refused, or with `timeout` or `unreachable` if there
 * was no response. The client retries after 429, 502, 503, 504, timeouts and broken connections, with the same event ids and the same
 * Idempotency-Key, so that nothing is recorded or done twice. An aborted signal throws its own reason.
 *
 * The scopes of an API client limit what its token can do: `events:write` to record, `events:read` to search, follow and open viewer
 * sessions, `audit-log:download` to export, `event-types:write` to register event types. A call without the scope throws `not-allowed`, and
 * names the missing scope.
 */
export class Daybook {
  readonly #settings: Settings;
  /** The organization's API clients, and their tokens. */
  readonly apiClients: ApiClients;
  /** The organization's members and their roles. */
  readonly members: Members;
  /** Invitations to the organization. */
  readonly invitations: Invitations;
  /** The organization's teams. */
  readonly teams: Teams;
  /** Searches saved under a name: yours, and the shared ones of the organization. */
  readonly views: SavedViews;
  /** The organization's settings. */
  readonly settings: SettingsOfOrganization;
  /** Viewer sessions, which show the log to a user of your application for some minutes. */
  readonly viewerSessions: ViewerSessions;
  /** The event types of the organization, including custom types. */
  readonly eventTypes: EventTypes;

  /** Throws `config-invalid`, naming the option. */
  constructor(options: ClientOptions) {
    const settings = settingsOf(options);
    this.#settings = settings;
    this.apiClients = apiClientsOf(settings);
    this.members = membersOf(settings);
    this.invitations = invitationsOf(settings);
    this.teams = teamsOf(settings);
    this.views = savedViewsOf(settings);
    this.settings = organizationSettingsOf(settings);
    this.viewerSessions = viewerSessionsOf(settings);
    this.eventTypes = eventTypesOf(settings);
  }

  /**
   * Records one event, and resolves when it is durable.
   * @returns its receipt; if `before` and `after` were both given and are equal, `{id, recorded: false}`
   */
  async record<T extends EventName, Before = undefined, After = undefined>(
    event: Compared<T, Before, After>,
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
   * Records several events, in order, and resolves with their receipts when they are durable. Up to 1,000 events and 5 MiB are one request,
   * which is recorded as a whole or not at all. More are several requests in sequence; if one fails, the error says how many events before
   * it are recorded.
   */
  async recordMany<T extends EventName, Before = undefined, After = undefined>(
    events: readonly Compared<T, Before, After>[],
    options: RecordOptions = {},
  ): Promise<ReceiptFor<Before, After>[]> {
    const all: (Receipt | Unrecorded)[] = [];
    for await (const batch of batchesOf(events as unknown as readonly EventInput[]))
      for (const receipt of await recordBatch(this.#settings, batch, options)) all.push(receipt);
    return all as ReceiptFor<Before, After>[];
  }

  /**
   * Records events as they arrive, batch by batch; yields the receipts of each batch when it is durable. It takes what `recordMany` takes,
   * also one after the other. Events of types that are only known at run time are `as NewEvent`.
   */
  async *recordAll<T extends EventName, Before = undefined, After = undefined>(
    events: Several<Compared<T, Before, After>>,
    options: RecordOptions = {},
  ): AsyncGenerator<ReceiptFor<Before, After>[], void, undefined> {
    for await (const batch of batchesOf(events as unknown as Several<EventInput>))
      yield (await recordBatch(this.#settings, batch, options)) as ReceiptFor<Before, After>[];
  }

  /** Searches, newest first by occurredAt. It sends nothing before you ask for the first event or page. */
  search<const T extends EventName = never>(options: SearchOptions<T> = {}): Search<FoundBy<T>> {
    return searchOf(this.#settings, options);
  }

  /** One event. Throws `event-not-found`. */
  get(id: string, options: CallOptions = {}): Promise<AuditEvent> {
    return readEvent(this.#settings, id, options.signal);
  }

  /**
   * Downloads the audit log, as CSV unless `format` names another format. Resolves when the server has begun; the log records the download.
   */
  export(options: ExportOptions = {}): Promise<ReadableStream<Uint8Array>> {
    return openExport(this.#settings, options);
  }

  /**
   * Replaces the service's operator token, and returns the new one, once. The old one stops working immediately, and so does this client:
   * open another client with the new token. The call isn't retried without a response (`timeout`, `unreachable`). Throws `not-allowed`, and
   * `operator-token-fixed` if DAYBOOK_OPERATOR_TOKEN sets the token.
   */
  replaceOperatorToken(options: CallOptions = {}): Promise<{
    /** The new token, shown once. */
    readonly token: string;
  }> {
    const settings = { ...this.#settings, base: this.#settings.service };
    return postOnce(settings, { path: "/operator-token/replace", ...options }, plain<{ token: string }>);
  }

  /** Follows the log in its own order. Reconnects automatically, without skipping or repeating events. */
  follow(options: FollowOptions = {}): AsyncGenerator<FollowedEvent, void, undefined> {
    return follow(this.#settings, options);
  }
}
