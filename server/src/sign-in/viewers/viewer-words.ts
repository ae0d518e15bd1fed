/** Viewer sessions in events: the viewer and the opener. The host application names the viewer. */
import type { Actor, JsonObject, Target } from "daybook/internal";
import type { KnownCaller } from "../../access/index.ts";
import type { ViewerOpener, ViewerSession } from "../../store/contract/viewer-sessions.ts";
import { actorOf } from "../base/people.ts";

type NamedViewerSession = Pick<ViewerSession, "id" | "role" | "viewerId" | "viewerName">;

/** The viewer, as the host application names them. */
export const targetOf = ({
  viewerId,
  viewerName,
}: Pick<NamedViewerSession, "viewerId" | "viewerName">): Target & { type: "user" } =>
  viewerName === null ? { type: "user", id: viewerId } : { type: "user", id: viewerId, name: viewerName };

/** The opener of a session always has an id. */
interface ViewerParty {
  readonly type: Actor["type"];
  readonly id: string;
}

/** The opener of a session as the actor. */
export function actorOfOpener(opener: ViewerOpener): Actor & ViewerParty {
  if (opener.kind === "user") return { ...actorOf(opener.user), id: opener.user.id };
  if (opener.kind === "operator") return { type: "user", id: "operator" };
  return { type: "api_client", id: opener.id, name: opener.name };
}

/** The opener, by type and id alone. */
export const partyOf = ({
  actor: { type, id },
  id: callerId,
}: Pick<KnownCaller, "actor" | "id">): ViewerParty => ({
  type,
  id: id ?? callerId,
});

/** The data that both events about a session have. */
export const dataOf = (
  { id, viewerId, viewerName, role }: NamedViewerSession,
  openedBy: ViewerParty,
): JsonObject => ({
  viewerSessionId: id,
  openedBy: { type: openedBy.type, id: openedBy.id },
  userId: viewerId,
  ...(viewerName === null ? {} : { viewerName }),
  role,
});
