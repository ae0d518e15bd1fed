/** One writing transaction: runs the work, commits or rolls back, and determines the result when the connection breaks. */
import type { WriteTransaction } from "../contract/transaction.ts";
import { apiClientRows } from "./api-clients/rows.ts";
import { denialRows } from "./denials/rows.ts";
import { eventTypeRows } from "./event-types/rows.ts";
import { appendEvents, appendTiles } from "./events/append.ts";
import { findEvents, leafHashes, tileRoots } from "./events/by-key.ts";
import { headRows } from "./events/heads.ts";
import { followerRows } from "./followers/rows.ts";
import { deleteSegments, forgetChanged, insertSegment, markChanged } from "./full-text/segments.ts";
import { integrityCheckRows } from "./integrity/checks.ts";
import { businessRows } from "./organizations/rows.ts";
import { memberRows } from "./people/members.ts";
import { teamRows } from "./people/teams.ts";
import { savedViewRows } from "./saved-views/rows.ts";
import { browserRows } from "./sign-in/browsers.ts";
import { personalTokenRows } from "./sign-in/personal-tokens.ts";
import { userRows } from "./sign-in/rows.ts";
import { secondFactorRows } from "./sign-in/second-factors.ts";
import { changingOn, clock } from "./statements/change-time.ts";
import type { StatementSession } from "./statements/session.ts";

function writeTransaction(session: StatementSession): WriteTransaction {
  const changing = changingOn(session);
  return {
    changedAt: changing.changedAt,
    ...businessRows(changing),
    ...eventTypeRows(changing),
    ...memberRows(changing),
    ...teamRows(changing),
    ...savedViewRows(changing),
    ...userRows(changing),
    ...browserRows(changing),
    ...denialRows(changing),
    ...secondFactorRows(changing),
    ...personalTokenRows(changing),
    ...apiClientRows(changing),
    ...headRows(changing),
    ...integrityCheckRows(changing),
    ...followerRows(session),
    insertSegment: (...segment) => insertSegment(session, ...segment),
    deleteSegments: (segments) => deleteSegments(session, segments),
    markChanged: (events) => markChanged(session, events),
    forgetChanged: (segment) => forgetChanged(session, segment),
    clock: () => clock(session),
    findEvents: (ids) => findEvents(session, ids),
    appendEvents: (events) => appendEvents(session, events),
    appendTiles: (tiles) => appendTiles(session, tiles),
    leafHashes: (...range) => leafHashes(session, range),
    tileRoots: (...range) => tileRoots(session, range),
  };
}

/** Runs `work` in a transaction that has begun. Rejects with StoreError `unknown` only if the connection broke after COMMIT was sent. */
export const transaction = <T>(
  session: StatementSession,
  work: (tx: WriteTransaction) => Promise<T>,
): Promise<T> => committed(session, () => work(writeTransaction(session)));

/** The same for statements of the store's own. */
export async function committed<T>(session: StatementSession, work: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await work();
    // a failure that the work caught has still ended the transaction
    if (session.failure !== undefined) throw session.failure;
  } catch (error) {
    // if the connection is gone, the transaction is too
    if (!session.broken) await session.end("ROLLBACK").catch(() => {});
    throw error;
  }
  await session.end("COMMIT", "commit");
  return result;
}
