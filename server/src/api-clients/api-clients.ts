/**
 * The API clients of organizations as one object: the machines that write and read here, their tokens, and what the clock does
 * to them. Each change and its event are one transaction. Knows nothing of HTTP and of who may do what.
 */
import type { Authenticator } from "../access/index.ts";
import type { Denials } from "../denials/index.ts";
import { schedule } from "../jobs/index.ts";
import type { ApiClient, ApiClientKey } from "../store/contract/api-clients.ts";
import type { ListPage } from "../store/contract/lists.ts";
import type { RowScope } from "../store/contract/row-scope.ts";
import { LastUsed } from "../tokens/index.ts";
import { type AddApiClient, addApiClient, type IssuedApiClient } from "./add.ts";
import { openAuthenticator, type RefusedBecause, refusedBecause } from "./authenticate.ts";
import {
  type ChangeApiClient,
  deleteApiClient,
  type EndApiClient,
  renameApiClient,
  revokeApiClient,
  rotateApiClient,
} from "./change.ts";
import { countExpiring, type Expiring, sayOf, sayWhatIsDue } from "./expiry.ts";
import { type ApiClientDependencies, type ClientOrganization, notFound } from "./organization.ts";
import { findApiClient, listApiClients, namesOf } from "./read.ts";
import { type CheckedClient, checkClient, type WantedClient } from "./rules.ts";
import { shown, type TaggedApiClient } from "./shown.ts";

/** The room. Each change throws as the function of its name in `add.ts` and `change.ts` says. */
export interface ApiClients {
  /** The client as `add` would make it; whether its name is taken only `add` says. Throws `request-invalid`. */
  check(wanted: WantedClient): CheckedClient;
  add(adding: AddApiClient): Promise<IssuedApiClient>;
  rename(
    change: ChangeApiClient & { name: unknown; ifVersion?: number | undefined },
  ): Promise<TaggedApiClient>;
  rotate(change: ChangeApiClient & { overlapMinutes?: unknown }): Promise<IssuedApiClient>;
  revoke(change: EndApiClient): Promise<TaggedApiClient>;
  delete(change: EndApiClient): Promise<void>;
  /** The newest first, without deleted ones. */
  list(organization: ClientOrganization, page: ListPage): Promise<TaggedApiClient[]>;
  /** Throws `api-client-not-found`, of a deleted one too. */
  show(organization: ClientOrganization, id: string): Promise<TaggedApiClient>;
  /** Resolves if there is or was such a client: a deleted one keeps its history. Throws `api-client-not-found`. */
  demandKnown(organization: ClientOrganization, id: string): Promise<void>;
  /** What clients are called, by the ids that people see: of those in scope, deleted ones too. */
  names(rowScope: RowScope, clients: readonly ApiClientKey[]): ReturnType<typeof namesOf>;
  /** Says whose token it is: the authenticator for `dbk_live_`. */
  readonly authenticate: Authenticator;
  /** Records ends and warnings that are due; runs by itself each minute. Never rejects. */
  due(): Promise<void>;
  /** How many clients that work end soon, as the last round of `due` counted; undefined before the first. */
  expiring(): Expiring | undefined;
  /** How many tokens this process refused, and why. */
  refusedTokens(): Readonly<Record<RefusedBecause, number>>;
  /** Writes now which clients were used; runs by itself every few seconds. Never rejects. */
  noteUsed(): Promise<void>;
  /** Ends the rounds, and writes what they would have. */
  close(): Promise<void>;
}

export interface ApiClientsOptions
  extends Pick<ApiClientDependencies, "store" | "log">,
    Partial<Pick<ApiClientDependencies, "clock" | "failed">> {
  readonly denials: Pick<Denials, "note">;
}

const dueMs = 60_000;

/** Opens the room. */
export function openApiClients(options: ApiClientsOptions): ApiClients {
  const { clock = () => BigInt(Date.now()) * 1000n, failed = () => {} } = options;
  const dependencies: ApiClientDependencies = { store: options.store, log: options.log, clock, failed };
  const used = new LastUsed<ApiClient>({
    clock,
    failed,
    write: (clients, day) => dependencies.store.noteUsed(clients, day),
  });
  const refused = Object.fromEntries(refusedBecause.map((why) => [why, 0])) as Record<RefusedBecause, number>;
  let expiring: Expiring | undefined;
  const round = schedule(
    dueMs,
    async () => {
      await sayWhatIsDue(dependencies);
      expiring = await countExpiring(dependencies);
    },
    failed,
  );
  const endings = new Endings(dependencies);
  return {
    check: (wanted) => checkClient(wanted, clock()),
    add: (adding) => addApiClient(dependencies, adding),
    rename: (change) => renameApiClient(dependencies, change),
    rotate: (change) => rotateApiClient(dependencies, change),
    revoke: (change) => revokeApiClient(dependencies, change),
    delete: (change) => deleteApiClient(dependencies, change),
    list: async (organization, page) =>
      (await listApiClients(dependencies.store, organization, page)).map((client) => shown(client, clock())),
    show: async (organization, id) => {
      const client = await findApiClient(dependencies.store, organization, id);
      if (client.deletedAt !== null) throw notFound();
      return shown(client, clock());
    },
    demandKnown: async (organization, id) => void (await findApiClient(dependencies.store, organization, id)),
    names: (rowScope, clients) => namesOf(dependencies.store, rowScope, clients),
    authenticate: openAuthenticator({
      ...dependencies,
      denials: options.denials,
      used: (client) => used.note(client),
      expired: (client) => endings.say(client),
      refused: (why) => {
        refused[why]++;
      },
    }),
    due: round.now,
    expiring: () => expiring,
    refusedTokens: () => ({ ...refused }),
    noteUsed: () => used.flush(),
    close: async () => {
      await Promise.all([round.stop(), used.close(), endings.done()]);
    },
  };
}

/** Ends that are said at once, because someone presented a token after it: one at a time for each client. */
class Endings {
  readonly #rooms: ApiClientDependencies;
  readonly #running = new Map<string, Promise<void>>();

  constructor(dependencies: ApiClientDependencies) {
    this.#rooms = dependencies;
  }

  say(client: ApiClient): void {
    const { id } = client;
    if (client.expirySaid === 0 || this.#running.has(id)) return;
    const saying = sayOf(this.#rooms, client)
      .catch(this.#rooms.failed)
      .finally(() => this.#running.delete(id));
    this.#running.set(id, saying);
  }

  async done(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
