/**
 * Limits a write to its named organizations, for any store. A table lists what each method of a transaction touches; a method that is
 * missing from it does not compile.
 */
import type { Numbered } from "./contract/placement.ts";
import { type Placement, spanningChanges, type WriteNames } from "./contract/placement.ts";
import type { WriteTransaction } from "./contract/transaction.ts";

/** The organization for what belongs to no organization. */
const reserved = 0;

/** @throws RangeError if a write names more organizations than its kind may */
export function checkNames(names: WriteNames, placementOf: (organizationId: number) => Placement): void {
  if (names.lane === "events") {
    const [first = reserved, ...rest] = names.organizations;
    const placement = placementOf(first);
    if (rest.every((organizationId) => placementOf(organizationId) === placement)) return;
    throw new RangeError("A group of recordings names organizations of several placements.");
  }
  const { organizations, spans } = names;
  if (spans === undefined) {
    if (organizations.size === 1) return;
    throw new RangeError(
      `A change names ${organizations.size} organizations, but is not one that spans organizations.`,
    );
  }
  const others = organizations.size - 1;
  if (organizations.has(reserved) && others <= spanningChanges[spans].others) return;
  throw new RangeError(
    `The change ${spans} names organization 0 and at most ${spanningChanges[spans].others} more.`,
  );
}

/** The organization whose turn a write takes if it has to wait: one of its own, rather than organization 0. */
export function turnOf({ organizations }: WriteNames): number {
  for (const organizationId of organizations) if (organizationId !== reserved) return organizationId;
  return reserved;
}

/** Returns the organizations that a call touches, from its arguments. */
type Touches<Method extends keyof WriteTransaction> = (
  ...args: Parameters<WriteTransaction[Method]>
) => number | readonly Numbered[] | undefined;

const byNumber = (organizationId: number): number => organizationId;
const byMember = ({ organizationId }: Numbered): number => organizationId;
const each = (all: readonly Numbered[]): readonly Numbered[] => all;
const none = (): undefined => undefined;
const ofNone = (): number => reserved;

const touches: { readonly [Method in keyof WriteTransaction]: Touches<Method> } = {
  changedAt: none,
  clock: none,
  commitLater: none,
  insertDeployment: ofNone,
  operatorTokenHashForUpdate: ofNone,
  setOperatorTokenHash: ofNone,
  resetOperatorTokenSince: ofNone,
  secretsKeyIdForUpdate: ofNone,
  setSecretsKeyId: ofNone,
  finishCheck: ofNone,
  insertOrganization: ofNone,
  organizationForUpdate: byNumber,
  updateOrganization: byNumber,
  closeOrganization: byNumber,
  claimIdempotencyKey: byNumber,
  answerIdempotencyKey: byNumber,
  eventType: byNumber,
  eventTypeNames: byNumber,
  takeEventTypeName: ofNone,
  insertEventType: byMember,
  insertUser: ofNone,
  userForUpdate: ofNone,
  updateUser: ofNone,
  anyUserForUpdate: ofNone,
  insertSession: ofNone,
  authenticateSession: ofNone,
  deleteSessions: ofNone,
  rememberBrowser: ofNone,
  forgetBrowsers: ofNone,
  insertCode: ofNone,
  takeCode: ofNone,
  deleteCodes: ofNone,
  insertSecondFactor: ofNone,
  secondFactorForUpdate: ofNone,
  takeStep: ofNone,
  resealSecondFactor: ofNone,
  deleteSecondFactor: ofNone,
  setRecoveryCodes: ofNone,
  takeRecoveryCode: ofNone,
  insertHalfSession: ofNone,
  tryHalfSession: ofNone,
  deleteHalfSession: ofNone,
  deleteHalfSessions: ofNone,
  insertPersonalToken: ofNone,
  countPersonalTokens: ofNone,
  deletePersonalTokens: ofNone,
  insertViewerSession: byMember,
  viewerSessionForUpdate: byNumber,
  deleteViewerSession: byNumber,
  insertMember: byMember,
  memberForUpdate: byNumber,
  countOwners: byNumber,
  setMemberRole: byNumber,
  deleteMember: byNumber,
  insertInvitation: byMember,
  invitationForUpdate: byNumber,
  openInvitationForUpdate: byNumber,
  closeInvitation: byNumber,
  insertTeam: byMember,
  teamForUpdate: byNumber,
  updateTeam: byNumber,
  deleteTeam: byNumber,
  insertTeamMember: byNumber,
  deleteTeamMember: byNumber,
  teamsOf: byNumber,
  insertSavedView: byMember,
  savedViewForUpdate: byNumber,
  countSavedViews: byNumber,
  updateSavedView: byNumber,
  deleteSavedView: byNumber,
  denialForUpdate: byNumber,
  putDenial: byMember,
  insertApiClient: byMember,
  insertToken: byMember,
  endTokens: byNumber,
  apiClientForUpdate: byNumber,
  renameApiClient: byNumber,
  touchApiClient: byNumber,
  revokeApiClient: byNumber,
  deleteApiClient: byNumber,
  setExpiryWarned: byNumber,
  resetExpiryWarned: byNumber,
  insertLog: byMember,
  lockHeads: (organizationIds) => organizationIds.map((organizationId) => ({ organizationId })),
  updateHeads: each,
  appendTiles: each,
  leafHashes: byNumber,
  tileRoots: byNumber,
  findEvents: each,
  appendEvents: each,
  lockFollower: byMember,
  followedEvents: byNumber,
  moveFollower: byMember,
  claimFollower: byMember,
  lockClaim: byMember,
  delayFollower: byMember,
  releaseFollower: byMember,
  insertSegment: byMember,
  deleteSegments: each,
  markChanged: each,
  forgetChanged: byMember,
};

/** The methods that touch an organization, for the test that calls each. */
export const touchingMethods: readonly (keyof WriteTransaction)[] = (
  Object.keys(touches) as (keyof WriteTransaction)[]
).filter((name) => touches[name] !== (none as unknown));

/** The named organizations. */
type Named = Pick<ReadonlySet<number>, "has">;

/** The first organization that a call touches and the write did not name; undefined if there is none. */
function unnamed(touched: number | readonly Numbered[] | undefined, named: Named): number | undefined {
  if (touched === undefined) return undefined;
  if (typeof touched === "number") return named.has(touched) ? undefined : touched;
  // events of one organization follow each other: look them up once
  let last = -1;
  for (const { organizationId } of touched) {
    if (organizationId === last) continue;
    if (!named.has(organizationId)) return organizationId;
    last = organizationId;
  }
  return undefined;
}

const refused = (what: string): Promise<never> => Promise.reject(new RangeError(what));

/**
 * Limits a transaction to its names: a method that touches another organization rejects with RangeError and does not run. Only an
 * `organization-made` write can make an organization, which then counts as named.
 */
export function heldToNames(tx: WriteTransaction, names: WriteNames): WriteTransaction {
  const makes = names.lane !== "events" && names.spans === "organization-made";
  const made = new Set<number>();
  const { organizations } = names;
  const named: Named = makes ? { has: (id) => organizations.has(id) || made.has(id) } : organizations;
  const insertOrganization: WriteTransaction["insertOrganization"] = async (organization) => {
    if (!makes && organization.organizationId !== reserved)
      return refused("This write makes an organization, but is not named organization-made.");
    const row = await tx.insertOrganization(organization);
    made.add(row.organizationId);
    return row;
  };
  return new Proxy(tx, {
    get(target, name: keyof WriteTransaction) {
      const method = name === "insertOrganization" ? insertOrganization : target[name];
      const touchedBy = touches[name] as ((...args: unknown[]) => ReturnType<typeof byNumber>) | undefined;
      if (touchedBy === undefined) return method;
      return (...args: unknown[]) => {
        const other = unnamed(touchedBy(...args), named);
        if (other !== undefined)
          return refused(`${name} touches organization ${other}, which this write does not name.`);
        return (method as (...args: unknown[]) => Promise<unknown>)(...args);
      };
    },
  });
}
