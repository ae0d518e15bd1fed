/**
 * `recover --clock`: if a log's newest event is ahead of the clock because the clock was wrong, LOG_CLOCK_CORRECTED lets its times continue
 * from the right one. Does nothing to logs that are at most 60 s ahead. Which expiries of API clients have their event is decided anew by the
 * calendar: those that the wrong clock made are recorded again when they are true. An operator token that works only since a time to come
 * works since now: what it issues from now on is valid.
 */
import { formatTime } from "daybook/internal";
import type { Head } from "../store/contract/logs.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { inOne } from "../store/contract/placement.ts";
import type { Store } from "../store/store.ts";
import { type ChangeDependencies, change } from "./change.ts";
import { isBehind } from "./clock.ts";

/** A log with a corrected clock. Times are microseconds since 1970 UTC. */
export interface CorrectedClock {
  readonly organization: Organization;
  /** recordedAt of the newest event before. */
  readonly from: bigint;
}

type ClockStore = Pick<Store, "clock" | "heads" | "organization" | "organizations">;

const page = 500;
/** The reserved organization: its log has the events of the deployment. */
const reserved = 0;

/** Corrects every log of the store that needs it, one transaction each. Throws `clock-disagrees` if the clocks differ. */
export async function recoverClock(
  changing: ChangeDependencies,
  store: ClockStore,
  reason?: string,
): Promise<CorrectedClock[]> {
  const corrected: CorrectedClock[] = [];
  for await (const organizations of everyOrganization(store)) {
    const byId = new Map(organizations.map((each) => [each.organizationId, each]));
    const heads = await store.heads([...byId.keys()]);
    const now = await store.clock();
    for (const head of heads.filter((each) => isBehind(each, now))) {
      const organization = byId.get(head.organizationId)!;
      if (await correct(changing, head, reason)) corrected.push({ organization, from: head.recordedAt! });
    }
  }
  return corrected;
}

/** All organizations, the reserved one first, by pages. */
async function* everyOrganization(store: ClockStore): AsyncGenerator<Organization[]> {
  const reserved = await store.organization("daybook");
  if (reserved !== undefined) yield [reserved];
  let after: string | undefined;
  for (;;) {
    const organizations = await store.organizations(after, page);
    if (organizations.length === 0) return;
    yield organizations;
    after = organizations.at(-1)!.slug;
  }
}

async function correct(
  changing: ChangeDependencies,
  head: Head,
  reason: string | undefined,
): Promise<boolean> {
  const id = await change(
    async (tx) => {
      if (head.organizationId === reserved) await tx.rows.resetOperatorTokenSince();
      const today = formatTime(await tx.rows.changedAt()).slice(0, 10);
      await tx.rows.resetExpiryWarned(head.organizationId, today);
      return tx.recordClockCorrection(head, {
        type: "LOG_CLOCK_CORRECTED",
        actor: { type: "system", id: "daybook" },
        data: { previousRecordedAt: formatTime(head.recordedAt!) },
        ...(reason === undefined ? {} : { reason }),
      });
    },
    inOne(head, "jobs"),
    changing,
  );
  const found = await changing.store.findEvents([{ organizationId: head.organizationId, id }]);
  return found.length > 0;
}
