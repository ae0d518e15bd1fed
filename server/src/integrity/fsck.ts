/**
 * fsck: reads every row, recomputes what is derived from it, and reports differences. It trusts nothing that it can compute: slots give
 * digests, digests leaves, leaves the tree, and Daybook's own events give its own rows. It changes nothing.
 */
import { fullTextFollower } from "../store/contract/full-text.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Store } from "../store/store.ts";
import type { Finding } from "./finding.ts";
import { checkIndex, type IndexCheckStore } from "./index-check.ts";
import { checkLogs, type LogCheckStore } from "./log-check.ts";
import { type FsckPosition, type LogPosition, theStart } from "./position.ts";
import { checkRows, type RowCheckStore } from "./row-check.ts";

/** The progress of fsck. */
interface FsckProgress {
  /** The slug of the present organization. */
  readonly organization: string;
  /** The number of events so far, over all organizations. */
  readonly events: number;
}

/** The inputs of fsck. */
export type FsckStore = LogCheckStore &
  RowCheckStore &
  IndexCheckStore &
  Pick<Store, "organization" | "organizations" | "checkDerived" | "strayRows">;

export interface FsckOptions {
  /** Called after each part. */
  readonly onProgress?: (progress: FsckProgress) => void;
  /** Called with notes that are not findings, one sentence each. */
  readonly onNote?: (sentence: string) => void;
  /** Only the logs and what is computed from them, without Daybook's own rows. */
  readonly logsOnly?: boolean;
  /** Only these organizations, by slug or id; default: all. */
  readonly only?: readonly string[] | undefined;
  /** The position to start from, of an earlier check with the same options. */
  readonly from?: FsckPosition | undefined;
  /** Called with each position from which another check can go on. */
  readonly onPosition?: (position: FsckPosition) => void;
  /** Called between two parts of the work, a few times a second; resolves with false to stop the check. */
  readonly goOn?: () => Promise<boolean>;
  /** The number of events that are read at once; default 1,000. */
  readonly atOnce?: number;
}

/** What fsck can't show, in a sentence. */
export const beyondFsck =
  "fsck can't see that a database was replaced by an older or another one that agrees with itself, for example without the newest events of a log. Only a checkpoint kept outside shows that.";

const page = 200;

/** One run: its counts, and its position. */
class Check {
  readonly #store: FsckStore;
  readonly #options: FsckOptions;
  #at: FsckPosition;
  /** Whether `goOn` said that the check has to stop. */
  isStopped = false;

  constructor(store: FsckStore, options: FsckOptions) {
    this.#store = store;
    this.#options = options;
    this.#at = options.from ?? theStart;
  }

  async *organization(organization: Organization): AsyncGenerator<Finding> {
    const { id, slug } = organization;
    const { within } = this.#at;
    const log = within?.organization === id ? within.log : undefined;
    if (log !== "done") yield* this.#logs(organization, log);
    if (this.isStopped) return;
    this.#move({ within: { organization: id, log: "done" } });
    yield* this.#rest(organization);
    if (this.isStopped) return;
    const { within: _, ...rest } = this.#at;
    this.#at = { ...rest, after: slug, organizations: this.#at.organizations + 1 };
    this.#options.onPosition?.(this.#at);
  }

  async *#logs(organization: Organization, from: LogPosition | undefined): AsyncGenerator<Finding> {
    const { id, slug } = organization;
    const { atOnce = 1_000, onProgress } = this.#options;
    const checked = async (events: number, log: LogPosition | undefined): Promise<boolean> => {
      const sum = this.#at.events + events;
      if (log === undefined) this.#at = { ...this.#at, events: sum };
      else this.#move({ events: sum, within: { organization: id, log } });
      onProgress?.({ organization: slug, events: sum });
      return this.#goOn();
    };
    yield* this.found(checkLogs(this.#store, organization, { atOnce, from, checked }));
  }

  /** What is computed from the events, and Daybook's own rows. */
  async *#rest(organization: Organization): AsyncGenerator<Finding> {
    const { organizationId, id } = organization;
    const goOn = (): Promise<boolean> => this.#goOn();
    const derived = this.#store.checkDerived(organizationId, { goOn });
    yield* this.found(asFindings(id, derived));
    if (!this.isStopped) yield* this.found(asFindings(id, checkIndex(this.#store, organizationId, goOn)));
    if (!this.isStopped && !this.#options.logsOnly)
      yield* this.found(checkRows(this.#store, organization, goOn));
  }

  /** Counts the findings. */
  async *found(findings: AsyncIterable<Finding>): AsyncGenerator<Finding> {
    for await (const finding of findings) {
      this.#at = { ...this.#at, findings: this.#at.findings + 1 };
      yield finding;
    }
  }

  #move(change: Partial<FsckPosition>): void {
    this.#at = { ...this.#at, ...change };
    this.#options.onPosition?.(this.#at);
  }

  async #goOn(): Promise<boolean> {
    this.isStopped ||= (await this.#options.goOn?.()) === false;
    return !this.isStopped;
  }
}

async function* asFindings(
  organization: string,
  sentences: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Finding> {
  for await (const sentence of sentences) yield { organization, sentence };
}

/** Checks everything; an empty result means that nothing differs. It can run while events are recorded. */
export async function* fsck(store: FsckStore, options: FsckOptions = {}): AsyncGenerator<Finding> {
  const check = new Check(store, options);
  const { only, from = theStart } = options;
  for await (const organization of organizationsOf(store, only, from.after)) {
    yield* check.organization(organization);
    if (check.isStopped) return;
    await noteWords(store, organization, options);
  }
  if (only !== undefined || options.logsOnly) return;
  const reserved = await store.organization("daybook");
  yield* check.found(asFindings(reserved?.id ?? "daybook", await store.strayRows()));
}

/** The reserved organization first, then the others in the order of slug. */
async function* organizationsOf(
  store: FsckStore,
  only: readonly string[] | undefined,
  after: string | null,
): AsyncGenerator<Organization> {
  if (only !== undefined) {
    const wanted = await Promise.all(only.map((slugOrId) => store.organization(slugOrId)));
    const found = wanted.filter((one) => one !== undefined);
    yield* found.slice(found.findIndex(({ slug }) => slug === after) + 1);
    return;
  }
  const reserved = after === null ? await store.organization("daybook") : undefined;
  if (reserved !== undefined) yield reserved;
  for (let last = after === null || after === "daybook" ? undefined : after; ; ) {
    const organizations = await store.organizations(last, page);
    if (organizations.length === 0) return;
    yield* organizations;
    last = organizations.at(-1)!.slug;
  }
}

/** A full-text index that is behind is not a finding: the serving process fills it. */
async function noteWords(
  store: FsckStore,
  { organizationId, slug }: Organization,
  { onNote }: FsckOptions,
): Promise<void> {
  const [indexed] = onNote ? await store.followerProgress(fullTextFollower, organizationId) : [];
  if (indexed === undefined || indexed.behind === 0n) return;
  const events = indexed.behind === 1n ? "1 event" : `${indexed.behind} events`;
  onNote?.(
    `The full-text index of organization ${slug} lacks the newest ${events}. Searches read them, and a running server indexes them.`,
  );
}
