/**
 * Opening viewer sessions: a host application, or an operator, opens one organization's log for one of its own users, for some minutes. The
 * session gets no rights that its opener doesn't have.
 */
import {
  DaybookError,
  fitsUtf8,
  formatTime,
  hideTokens,
  isDaybooksParty,
  isTargetType,
  limits,
  type MemberRole,
  refuse,
} from "daybook/internal";
import type { KnownCaller } from "../../access/index.ts";
import { actorAndContext, type Initiator } from "../../log/index.ts";
import { credentialOf, newToken } from "../../secrets/index.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import { inOne } from "../../store/contract/placement.ts";
import type { OpenedBy } from "../../store/contract/viewer-sessions.ts";
import type { SignInDependencies } from "../base/dependencies.ts";
import { hashOf, newId } from "../base/ids.ts";
import { mostMinutes, viewerPrefix } from "./viewer-authenticator.ts";
import { dataOf, partyOf, targetOf } from "./viewer-words.ts";

/** Minutes. */
const usualMinutes = 15;
const minute = 60_000_000n;

/** The viewer in the words of the host application. */
interface NewViewerSession {
  readonly role: MemberRole;
  /** 1 to 720; default 15. */
  readonly minutes?: number | undefined;
  readonly viewer: { readonly id: string; readonly name?: string | undefined };
  readonly onlyTarget?: { readonly type: string; readonly id: string } | undefined;
}

/** The opener, and the organization. */
export interface OpenViewerSession extends NewViewerSession {
  readonly organization: Pick<Organization, "organizationId">;
  readonly caller: KnownCaller;
  readonly initiator: Initiator;
}

/** The token is returned once. `expiresAt` in microseconds since 1970 UTC. */
export interface OpenedViewerSession {
  readonly id: string;
  readonly token: string;
  readonly expiresAt: bigint;
}

/**  @throws DaybookError `request-invalid`, `not-allowed` for more rights than the caller has, `organization-closed` */
export async function openViewerSession(
  { log, clock }: Pick<SignInDependencies, "log" | "clock">,
  wanted: OpenViewerSession,
): Promise<OpenedViewerSession> {
  const { organization, caller, initiator, role, minutes = usualMinutes } = wanted;
  check({ ...wanted, minutes });
  const { viewer, onlyTarget } = asEventsHave(wanted);
  refuseMoreThan(caller, role);
  const token = newToken(viewerPrefix);
  const tokenHash = hashOf(token);
  const { organizationId } = organization;
  const session = {
    organizationId,
    id: newId("viewer_"),
    role,
    viewerId: viewer.id,
    viewerName: viewer.name ?? null,
    onlyTarget: onlyTarget === undefined ? null : `${onlyTarget.type}:${onlyTarget.id}`,
    expiresAt: clock() + BigInt(minutes) * minute,
  };
  const openedBy = openedByOf(caller);
  const { id, expiresAt } = session;
  await log.change(async (tx) => {
    const { closedAt } = await tx.rows.organizationForUpdate(organizationId);
    if (closedAt !== null) throw new DaybookError("organization-closed");
    await tx.rows.insertViewerSession({ ...session, openedBy, tokenHash });
    const event = {
      type: "VIEWER_SESSION_OPENED",
      ...actorAndContext(initiator),
      targets: [targetOf(session)],
      data: {
        ...dataOf(session, partyOf(caller)),
        expiresAt: formatTime(expiresAt),
        ...(openedBy.kind === "user" ? { sessionId: openedBy.sessionId } : {}),
        credential: credentialOf(tokenHash),
        ...(onlyTarget === undefined ? {} : { onlyTarget: { ...onlyTarget } }),
      },
    };
    await tx.record(organization, event, initiator.recordedBy);
  }, inOne(organization));
  return { id, token, expiresAt };
}

/** The viewer and the visible target, without tokens: for events. */
function asEventsHave({
  viewer,
  onlyTarget,
}: NewViewerSession): Pick<NewViewerSession, "viewer" | "onlyTarget"> {
  const name = viewer.name === undefined ? undefined : hideTokens(viewer.name);
  const target = onlyTarget && { type: onlyTarget.type, id: hideTokens(onlyTarget.id) };
  return { viewer: { id: hideTokens(viewer.id), name }, onlyTarget: target };
}

/** The credential of the opener, with which the session ends. A viewer can't open one. */
function openedByOf(caller: KnownCaller): OpenedBy {
  switch (caller.kind) {
    case "api_client":
      return { kind: "api_client", id: caller.client.id };
    case "user":
      // personal tokens can't open one, according to the access table: the session would not end with them
      if (caller.session === undefined) throw new DaybookError("not-allowed");
      return { kind: "user", userId: caller.user.userId, sessionId: caller.session.id };
    case "operator":
      return { kind: "operator", tokenHash: caller.tokenHash };
    default:
      throw new DaybookError("not-allowed");
  }
}

/** Only callers who may download can give a role that downloads. */
function refuseMoreThan(caller: KnownCaller, role: MemberRole): void {
  if (caller.kind !== "api_client" || (role !== "OWNER" && role !== "AUDITOR")) return;
  if (caller.client.scopes.includes("audit-log:download")) return;
  throw new DaybookError("not-allowed", {
    detail: `The role ${role} may download the log, but this API client may not: it lacks the scope audit-log:download.`,
    remedy: "Open the session as DESIGNER or CONSUMER, or use an API client that has that scope.",
  });
}

const control = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
const isPlain = (text: string, most: number): boolean =>
  text.trim() !== "" && !control.test(text) && fitsUtf8(text, most);

function check({ minutes, viewer, onlyTarget }: NewViewerSession & { readonly minutes: number }): void {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > mostMinutes)
    throw invalid("/minutes", `Enter minutes from 1 to ${mostMinutes}.`);
  if (!isPlain(viewer.id, limits.idBytes))
    throw invalid("/viewer/id", `Enter the viewer's id: 1 to ${limits.idBytes} bytes.`);
  if (isDaybooksParty(`user:${viewer.id}`))
    throw invalid(
      "/viewer/id",
      "Enter the viewer's id in your own application, not an id that Daybook issued.",
    );
  if (viewer.name !== undefined && !isPlain(viewer.name, limits.nameBytes))
    throw invalid(
      "/viewer/name",
      `Enter the viewer's name, of at most ${limits.nameBytes} bytes, or leave it out.`,
    );
  if (onlyTarget === undefined) return;
  if (!isTargetType(onlyTarget.type) || !fitsUtf8(onlyTarget.type, limits.partyTypeBytes))
    throw invalid("/onlyTarget/type", "Enter the type of a target, such as api_client.");
  if (!isPlain(onlyTarget.id, limits.idBytes))
    throw invalid("/onlyTarget/id", `Enter the target's id: 1 to ${limits.idBytes} bytes.`);
}

const invalid = (pointer: string, detail: string): DaybookError =>
  refuse("request-invalid", { pointer, detail });
