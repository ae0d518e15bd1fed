/** How the last recordings of this process went, for its readiness: whether the store failed them, and whether any has succeeded since. */
import { DaybookError } from "daybook/internal";
import { StoreError, type StoreReason } from "../store/contract/errors.ts";

/** Why recording fails, in a word for monitoring. */
export type RecordingFailure = StoreReason | "clock-disagrees" | "clock-behind";

/** The failures since the last success. */
export interface RecordingTrouble {
  /** The last failure that any recording would have; undefined if there was none. */
  readonly reason: RecordingFailure | undefined;
  /** When that was, by `performance.now()`. */
  readonly at: number;
  /** The organizations whose log is ahead of the clock. */
  readonly behind: readonly number[];
  /** Whether those are all that this process knows: then nobody can record. */
  readonly isEverybody: boolean;
}

/** The maximum number of organizations that are remembered. */
const mostOrganizations = 1_000;

export class Outcomes {
  #failure: { readonly reason: RecordingFailure; readonly at: number } | undefined;
  #succeededAt = Number.NEGATIVE_INFINITY;
  readonly #behind = new Set<number>();
  /** The first two organizations that recorded or tried to. */
  readonly #known = new Set<number>();

  /** The failures since the last success; undefined if there are none. */
  get trouble(): RecordingTrouble | undefined {
    if (this.#failure === undefined && this.#behind.size === 0) return undefined;
    return {
      reason: this.#failure?.reason,
      at: this.#failure?.at ?? Number.NEGATIVE_INFINITY,
      behind: [...this.#behind],
      isEverybody: this.#behind.size >= this.#known.size,
    };
  }

  /** When an event was last recorded, by `performance.now()`. */
  get succeededAt(): number {
    return this.#succeededAt;
  }

  /** Notes that events of an organization were recorded. */
  succeeded(organizationId: number): void {
    this.#know(organizationId);
    this.#succeededAt = performance.now();
    this.#failure = undefined;
    this.#behind.clear();
  }

  /** Notes a failed recording; failures that are the request's own don't count. */
  failed(error: unknown, organizationIds: Iterable<number>): void {
    if (!(error instanceof DaybookError)) return;
    if (error.code === "clock-behind") {
      for (const id of organizationIds) {
        this.#know(id);
        if (this.#behind.size < mostOrganizations) this.#behind.add(id);
      }
      return;
    }
    const reason = reasonOf(error);
    if (reason !== undefined) this.#failure = { reason, at: performance.now() };
  }

  #know(organizationId: number): void {
    if (this.#known.size < 2) this.#known.add(organizationId);
  }
}

function reasonOf({ code, cause }: DaybookError): RecordingFailure | undefined {
  if (code === "clock-disagrees") return code;
  if (code !== "store-unavailable" && code !== "outcome-unknown") return undefined;
  return cause instanceof StoreError ? cause.reason : undefined;
}
