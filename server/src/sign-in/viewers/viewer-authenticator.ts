/**
 * The authenticator of viewers: resolves a viewer session's token to its viewer, and checks that its opener still has the right. Nothing is
 * cached: every process refuses an ended one on the next request.
 */
import { DaybookError, type RecordedBy } from "daybook/internal";
import { type Authenticator, coalescedByHash, type Viewer } from "../../access/index.ts";
import { isLive, isWellFormedToken } from "../../secrets/index.ts";
import type { HeldViewerSession, ViewerOpener } from "../../store/contract/viewer-sessions.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { hashOf } from "../base/ids.ts";
import { recordedByOf } from "../base/people.ts";
import { actorOfOpener, targetOf } from "./viewer-words.ts";

/** The prefix of viewer sessions' tokens. */
export const viewerPrefix = "dbk_viewer_";
/** The longest viewer session. */
export const mostMinutes = 720;
/** The same in microseconds. */
export const longestViewerSession: bigint = BigInt(mostMinutes) * 60_000_000n;

/**
 * Throws `not-authenticated` if the session has expired or was ended, its organization is closed, or its opener may no longer open such a
 * session.
 */
export function viewerAuthenticator({
  store,
  clock,
  idle,
}: Pick<SignInDependencies, "store" | "clock" | "idle">): Authenticator {
  const find = coalescedByHash((hashes) => store.viewerSessions(hashes, clock() - idle.operators));
  return async (token) => {
    const held = isWellFormedToken(token, viewerPrefix) ? await find(hashOf(token)) : undefined;
    const works =
      held !== undefined &&
      isLive(held.expiresAt, longestViewerSession, clock()) &&
      held.organization.closedAt === null &&
      held.openerMay;
    if (!works) throw new DaybookError("not-authenticated");
    return callerOf(held);
  };
}

/** The actor of a viewer's acts is the opener of the session, on behalf of the viewer that the opener named. */
function callerOf({ organization, tokenHash: _, openerMay: __, ...session }: HeldViewerSession): Viewer {
  const actor = { ...actorOfOpener(session.opener), onBehalfOf: targetOf(session) };
  const recordedBy = recordedByOpener(session.opener);
  return { kind: "viewer", id: session.id, actor, recordedBy, session, organization };
}

function recordedByOpener(opener: ViewerOpener): RecordedBy {
  if (opener.kind === "api_client") return { type: "api_client", id: opener.id };
  if (opener.kind === "operator") return { type: "operator", id: "operator" };
  // only operators open one
  return recordedByOf({ id: opener.user.id, isOperator: true });
}
