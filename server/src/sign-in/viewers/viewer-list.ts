/** Listing and ending open viewer sessions. An API client sees and ends only those that it opened. */
import { DaybookError, formatTime, type OpenViewerSession } from "daybook/internal";
import type { KnownCaller } from "../../access/index.ts";
import { actorAndContext, type Initiator } from "../../log/index.ts";
import { isLive } from "../../secrets/index.ts";
import type { ListPage } from "../../store/contract/lists.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import { inOne } from "../../store/contract/placement.ts";
import type { RowScope } from "../../store/contract/row-scope.ts";
import type { ViewerSession } from "../../store/contract/viewer-sessions.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { isId } from "../passwords/rules.ts";
import { longestViewerSession } from "./viewer-authenticator.ts";
import { actorOfOpener, dataOf, targetOf } from "./viewer-words.ts";

/** The organization, and the caller. */
export interface ViewerListRequest {
  readonly organization: Pick<Organization, "organizationId" | "closedAt">;
  /** The caller's row scope, from their credentials. */
  readonly rowScope: RowScope;
  readonly caller: KnownCaller;
}

/** The key of a session in a list: its time and its id. */
export const viewerSessionKey = ({ createdAt, id }: Pick<ViewerSession, "createdAt" | "id">): string =>
  `${createdAt}-${id}`;

function placeOf(key: string | undefined): Pick<ViewerSession, "createdAt" | "id"> | undefined {
  if (key === undefined) return undefined;
  const [, createdAt, id] = /^(\d{1,18})-(viewer_\w+)$/.exec(key) ?? [];
  if (createdAt === undefined || id === undefined) throw new DaybookError("cursor-invalid");
  return { createdAt: BigInt(createdAt), id };
}

/** Those that work, newest first. Throws `cursor-invalid`. */
export async function listViewerSessions(
  { store, clock, idle }: Pick<SignInDependencies, "store" | "clock" | "idle">,
  { organization, rowScope, caller, after, limit }: ViewerListRequest & ListPage,
): Promise<ViewerSession[]> {
  if (organization.closedAt !== null) return [];
  const now = clock();
  return store.viewerSessionsOf(organization.organizationId, {
    rowScope,
    clientId: caller.kind === "api_client" ? caller.client.id : undefined,
    now,
    seenSince: now - idle.operators,
    after: placeOf(after),
    limit,
  });
}

/** Ends one immediately. Throws `viewer-session-not-found`, also for one that has already expired or ended. */
export async function endViewerSession(
  { log, clock }: Pick<SignInDependencies, "log" | "clock">,
  {
    organization,
    rowScope,
    caller,
    id,
    initiator,
  }: ViewerListRequest & { readonly id: string; readonly initiator: Initiator },
): Promise<void> {
  if (!isId(id)) throw new DaybookError("viewer-session-not-found");
  const { organizationId } = organization;
  if (rowScope !== "everything" && rowScope !== organizationId)
    throw new DaybookError("viewer-session-not-found");
  await log.change(async (tx) => {
    await tx.rows.organizationForUpdate(organizationId);
    const session = await tx.rows.viewerSessionForUpdate(organizationId, id);
    const isOpen = session !== undefined && isLive(session.expiresAt, longestViewerSession, clock());
    if (!isOpen || !isOf(session, caller)) throw new DaybookError("viewer-session-not-found");
    await tx.rows.deleteViewerSession(organizationId, id);
    const event = {
      type: "VIEWER_SESSION_ENDED",
      ...actorAndContext(initiator),
      targets: [targetOf(session)],
      data: dataOf(session, actorOfOpener(session.opener)),
    };
    await tx.record(organization, event, initiator.recordedBy);
  }, inOne(organization));
}

const isOf = ({ opener }: ViewerSession, caller: KnownCaller): boolean =>
  caller.kind !== "api_client" || (opener.kind === "api_client" && opener.id === caller.client.id);

export function shownViewerSession(session: ViewerSession): OpenViewerSession {
  const { id, role, viewerId, viewerName, onlyTarget, opener, createdAt, expiresAt } = session;
  const { type, id: openerId, name } = actorOfOpener(opener);
  return {
    id,
    role,
    viewer: viewerName === null ? { id: viewerId } : { id: viewerId, name: viewerName },
    onlyTarget: onlyTarget === null ? null : partOf(onlyTarget),
    openedBy: name === undefined ? { type, id: openerId } : { type, id: openerId, name },
    createdAt: formatTime(createdAt),
    expiresAt: formatTime(expiresAt),
  };
}

/** `type:id`, split into its two parts. */
function partOf(target: string): { type: string; id: string } {
  const colon = target.indexOf(":");
  return { type: target.slice(0, colon), id: target.slice(colon + 1) };
}

/** The description of a session: viewer, opener, and the only target that is visible. */
export function viewerSessionName({ viewerId, viewerName, onlyTarget, opener }: ViewerSession): {
  readonly viewer: string;
  readonly opener: string;
  readonly target: string | undefined;
} {
  const openers = {
    api_client: () => `API client ${actorOfOpener(opener).name}`,
    user: () => `operator ${actorOfOpener(opener).name}`,
    operator: () => "the operator token",
  };
  return { viewer: viewerName ?? viewerId, opener: openers[opener.kind](), target: onlyTarget ?? undefined };
}
