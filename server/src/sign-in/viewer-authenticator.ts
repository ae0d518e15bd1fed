/**
 * The authenticator of viewers: says who holds a viewer session's token, and whether who opened it still may. Nothing is cached: what has
 * ended is refused on the next request, in every process.
 */
import { DaybookError, type RecordedBy } from "daybook/internal";
import { type Authenticator, coalesced, type Viewer } from "../access/index.ts";
import { isWellFormedToken } from "../secrets/index.ts";
import type { HeldViewerSession, ViewerOpener } from "../store/contract/viewer-sessions.ts";
import type { SignInDependencies } from "./dependencies.ts";
import { hashOf } from "./ids.ts";
import { recordedByOf } from "./people.ts";
import { actorOfOpener, targetOf } from "./viewer-words.ts";

/** What the token of a viewer session begins with. */
export const viewerPrefix = "dbk_viewer_";

/**
 * Throws `not-authenticated` once the session has expired or was ended, its organization is closed, or who opened it may not open
 * such a session any more.
 */
export function viewerAuthenticator({
  store,
  clock,
  idle,
}: Pick<SignInDependencies, "store" | "clock" | "idle">): Authenticator {
  const find = coalesced((hashes) => store.viewerSessions(hashes, clock() - idle.operators));
  return async (token) => {
    const held = isWellFormedToken(token, viewerPrefix) ? await find(hashOf(token)) : undefined;
    const works =
      held !== undefined && held.expiresAt > clock() && held.organization.closedAt === null && held.openerMay;
    if (!works) throw new DaybookError("not-authenticated");
    return callerOf(held);
  };
}

/** What a viewer does is done by who opened the session, on behalf of the one whom they say it is for. */
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
