/**
 * Watches step 1 of a change of Daybook's own data: which methods change something, so that no change commits without an event. The table
 * below has every method; a missing one doesn't compile.
 */
import type { FollowerRows } from "../store/contract/followers.ts";
import type { SegmentRows } from "../store/contract/segments.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import type { SequencingTransaction } from "./sequence.ts";

/** The methods of step 1, without those for the positions of followers, which belong to no change. */
export type BusinessRows = Omit<
  WriteTransaction,
  keyof SequencingTransaction | keyof FollowerRows | keyof SegmentRows
>;

/** True: it changes data that needs an event. False: it reads, locks, or does bookkeeping. */
const changes: Readonly<Record<keyof BusinessRows, boolean>> = {
  changedAt: false,
  insertDeployment: true,
  operatorTokenHashForUpdate: false,
  setOperatorTokenHash: true,
  resetOperatorTokenSince: true,
  finishCheck: true,
  insertOrganization: true,
  organizationForUpdate: false,
  updateOrganization: true,
  closeOrganization: true,
  insertLog: true,
  eventType: false,
  eventTypeNames: false,
  takeEventTypeName: true,
  insertEventType: true,
  claimIdempotencyKey: false,
  answerIdempotencyKey: false,
  insertUser: true,
  userForUpdate: false,
  updateUser: true,
  anyUserForUpdate: false,
  insertSession: true,
  // its effect has an event
  authenticateSession: false,
  deleteSessions: true,
  // SIGN_IN covers the browser, and the event about sessions or the password covers what is removed
  rememberBrowser: false,
  forgetBrowsers: false,
  insertViewerSession: true,
  viewerSessionForUpdate: false,
  deleteViewerSession: true,
  insertCode: true,
  takeCode: true,
  deleteCodes: true,
  secretsKeyIdForUpdate: false,
  // changes the name of a key, but nobody's rights
  setSecretsKeyId: false,
  insertSecondFactor: true,
  secondFactorForUpdate: false,
  // belongs to a sign-in, which has an event
  takeStep: false,
  resealSecondFactor: false,
  deleteSecondFactor: true,
  setRecoveryCodes: true,
  takeRecoveryCode: true,
  // a half sign-in gets an event when it is completed or refused
  insertHalfSession: false,
  tryHalfSession: false,
  deleteHalfSession: false,
  deleteHalfSessions: false,
  insertPersonalToken: true,
  countPersonalTokens: false,
  deletePersonalTokens: true,
  insertMember: true,
  memberForUpdate: false,
  countOwners: false,
  setMemberRole: true,
  deleteMember: true,
  insertInvitation: true,
  invitationForUpdate: false,
  openInvitationForUpdate: false,
  closeInvitation: true,
  insertTeam: true,
  teamForUpdate: false,
  updateTeam: true,
  deleteTeam: true,
  insertTeamMember: true,
  deleteTeamMember: true,
  teamsOf: false,
  insertSavedView: true,
  savedViewForUpdate: false,
  countSavedViews: false,
  updateSavedView: true,
  deleteSavedView: true,
  // the next event has this count
  denialForUpdate: false,
  putDenial: false,
  insertApiClient: true,
  insertToken: true,
  endTokens: true,
  apiClientForUpdate: false,
  renameApiClient: true,
  touchApiClient: true,
  revokeApiClient: true,
  deleteApiClient: true,
  setExpiryWarned: true,
  resetExpiryWarned: true,
};

/** The result of a method that takes and deletes, if there was nothing: then it changed nothing. */
const tookNothing = (result: unknown): boolean =>
  result === false || (Array.isArray(result) && result.length === 0);
const takes: ReadonlySet<string> = new Set([
  "insertDeployment",
  "finishCheck",
  "resetOperatorTokenSince",
  "resetExpiryWarned",
  "deleteSessions",
  "deleteSecondFactor",
  "deletePersonalTokens",
  "takeRecoveryCode",
  "insertTeamMember",
  "deleteTeamMember",
]);

/** The same rows, which add the names of methods that changed something to `changed`. */
export function watched(rows: BusinessRows, changed: Set<string>): BusinessRows {
  return new Proxy(rows, {
    get(target, name: keyof BusinessRows) {
      const method = target[name] as (...values: unknown[]) => Promise<unknown>;
      if (!changes[name]) return method;
      return async (...values: unknown[]) => {
        const result = await method(...values);
        const nothing =
          (takes.has(name) && tookNothing(result)) || (name === "takeCode" && result === undefined);
        if (!nothing) changed.add(name);
        return result;
      };
    },
  });
}

const namesOf = (isChange: boolean): readonly string[] =>
  Object.entries(changes).flatMap(([name, does]) => (does === isChange ? [name] : []));

/** The names of all methods of step 1 that change something, for the test that lists every change. */
export const changingRows: readonly string[] = namesOf(true);

/** The names of the others, for the test that lists what has no event. */
export const otherRows: readonly string[] = namesOf(false);
