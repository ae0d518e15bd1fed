/** The API clients of organizations: their rows, their tokens, and their expiry. Each change and its event are one transaction. */
import type { Authenticator } from "../access/index.ts";
import type { Denials } from "../denials/index.ts";
import { schedule } from "../jobs/index.ts";
import type { ApiClient, ApiClientKey, ApiClientPage } from "../store/contract/api-clients.ts";
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
import { countExpiring, type Expiring, recordExpiries, recordExpiryOf } from "./expiry.ts";
import { type ApiClientDependencies, type ClientOrganization, notFound } from "./organization.ts";
import { findApiClient, listApiClients, namesOf } from "./read.ts";
import { type CheckedClient, checkClient, type WantedClient } from "./rules.ts";
import { shown, type TaggedApiClient } from "./shown.ts";

/** The service. Each change throws what the function of its name in `add.ts` and `change.ts` throws. */
export interface ApiClients {
  /** The client as `add` would create it, without checking whether its name is taken. Throws `request-invalid`. */
  check(wanted: WantedClient): CheckedClient;
  add(adding: AddApiClient): Promise<IssuedApiClient>;
  rename(
    change: ChangeApiClient & { name: unknown; ifVersion?: number | undefined },
  ): Promise<TaggedApiClient>;
  rotate(change: ChangeApiClient & { overlapMinutes?: unknown }): Promise<IssuedApiClient>;
  revoke(change: EndApiClient): Promise<TaggedApiClient>;
  delete(change: EndApiClient): Promise<void>;
  /** All clients, without deleted ones. */
  list(organization: ClientOrganization, page: ApiClientPage): Promise<TaggedApiClient[]>;
  /** Throws `api-client-not-found`, also for a deleted client. */
  show(organization: ClientOrganization, id: string): Promise<TaggedApiClient>;
  /** Resolves if the client exists or existed: a deleted one keeps its history. Throws `api-client-not-found`. */
  demandKnown(organization: ClientOrganization, id: string): Promise<void>;
  /** The names of clients by their public ids, within the row scope, including deleted ones. */
  names(rowScope: RowScope, clients: readonly ApiClientKey[]): ReturnType<typeof namesOf>;
  /** The authenticator for tokens with the prefix `dbk_live_`. */
  readonly authenticate: Authenticator;
  /** Records expiries and warnings that are due; runs every minute. Never rejects. */
  due(): Promise<void>;
  /** The number of active clients that expire soon, from the last run of `due`; undefined before the first. */
  expiring(): Expiring | undefined;
  /** The number of tokens that this process refused, by reason. */
  refusedTokens(): Readonly<Record<RefusedBecause, number>>;
  /** Stores now which clients were used; runs every few seconds. Never rejects. */
  noteUsed(): Promise<void>;
  /** Stops the scheduled jobs, after a last run that stores everything. */
  close(): Promise<void>;
}

export interface ApiClientsOptions
  extends Pick<ApiClientDependencies, "store" | "log">,
    Partial<Pick<ApiClientDependencies, "clock" | "failed" | "isTimely">> {
  readonly denials: Pick<Denials, "note">;
}

const dueMs = 60_000;

/** Opens the service. */
export function openApiClients(options: ApiClientsOptions): ApiClients {
  const {
    clock = () => BigInt(Date.now()) * 1000n,
    failed = () => {},
    isTimely = async () => true,
  } = options;
  const { store, log } = options;
  const dependencies: ApiClientDependencies = { store, log, clock, failed, isTimely };
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
      if (!(await isTimely())) return;
      await recordExpiries(dependencies);
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
      expired: (client) => endings.record(client),
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

/** Expiries that are recorded early, because someone sent an expired token: one at a time for each client. */
class Endings {
  readonly #dependencies: ApiClientDependencies;
  readonly #running = new Map<string, Promise<void>>();

  constructor(dependencies: ApiClientDependencies) {
    this.#dependencies = dependencies;
  }

  record(client: ApiClient): void {
    const { id } = client;
    if (client.expiryWarned === 0 || this.#running.has(id)) return;
    const saying = this.#recordIfTimely(client)
      .catch(this.#dependencies.failed)
      .finally(() => this.#running.delete(id));
    this.#running.set(id, saying);
  }

  async #recordIfTimely(client: ApiClient): Promise<void> {
    if (await this.#dependencies.isTimely()) await recordExpiryOf(this.#dependencies, client);
  }

  async done(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
