/**
 * Step 1 of a transaction of our own, watched: which of its methods change something, so that none commits without an event.
 * The table below names every method; one that is missing does not compile.
 */
import type { FollowerRows } from "../store/contract/followers.ts";
import type { FullTextRows } from "../store/contract/full-text.ts";
import type { WriteTransaction } from "../store/contract/transaction.ts";
import type { SequencingTransaction } from "./sequence.ts";

/** The methods of step 1. What followers do with their positions is not among them: it goes with no change. */
export type BusinessRows = Omit<
  WriteTransaction,
  keyof SequencingTransaction | keyof FollowerRows | keyof FullTextRows
>;

/** True: it changes something that an event has to tell. False: it looks, locks, or keeps books that nobody asks about. */
const changes: Readonly<Record<keyof BusinessRows, boolean>> = {
  changedAt: false,
  insertDeployment: true,
  operatorTokenHashForUpdate: false,
  setOperatorTokenHash: true,
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
  // what is done by it is told
  authenticateSession: false,
  deleteSessions: true,
  // SIGN_IN tells of the browser, and what ends sessions or changes a password of what is forgotten
  rememberBrowser: false,
  forgetBrowsers: false,
  insertViewerSession: true,
  viewerSessionForUpdate: false,
  deleteViewerSession: true,
  insertCode: true,
  takeCode: true,
  deleteCodes: true,
  secretsKeyIdForUpdate: false,
  // names a key, and nothing that anybody may do
  setSecretsKeyId: false,
  insertSecondFactor: true,
  secondFactorForUpdate: false,
  // goes with a sign-in, which is told
  takeStep: false,
  resealSecondFactor: false,
  deleteSecondFactor: true,
  setRecoveryCodes: true,
  takeRecoveryCode: true,
  // what is half done is told once it is done, or refused
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
  // counts what the next event will tell
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
  setExpirySaid: true,
};

/** What a method that takes and deletes answers where there was nothing to take: then nothing was changed. */
const tookNothing = (result: unknown): boolean =>
  result === false || (Array.isArray(result) && result.length === 0);
const takes: ReadonlySet<string> = new Set([
  "insertDeployment",
  "deleteSessions",
  "deleteSecondFactor",
  "deletePersonalTokens",
  "takeRecoveryCode",
  "insertTeamMember",
  "deleteTeamMember",
]);

/** The same rows; the names of the methods that changed something are added to `changed`. */
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

/** The names of all methods of step 1 that change something; for the test that lists every change. */
export const changingRows: readonly string[] = Object.entries(changes)
  .filter(([, does]) => does)
  .map(([name]) => name);
