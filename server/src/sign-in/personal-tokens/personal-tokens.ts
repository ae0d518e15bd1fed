/**
 * Personal tokens: a person makes them for programs that may do what the person may. They are listed, and end when the person ends them,
 * with all of the person's sessions, or on their expiry date. A token is returned once and stored as a hash. Its name is in no log, because
 * those of several organizations would show it.
 */
import { DaybookError, hideTokens, type JsonObject } from "daybook/internal";
import type { CallingPerson } from "../../access/index.ts";
import { actorAndContext, type ChangeTransaction, type Initiator } from "../../log/index.ts";
import type { PersonalToken } from "../../store/contract/personal-tokens.ts";
import { spanning } from "../../store/contract/placement.ts";
import type { User } from "../../store/contract/users.ts";
import { dateIssues, dayOf, endOf, issuedData, issueToken, nameIssues, trimmed } from "../../tokens/index.ts";
import type { OwnChange, SignInDependencies } from "../base/dependencies.ts";
import { newId } from "../base/ids.ts";
import { logsOf, type MemberOrganization, recordInAll, targetOf } from "../base/people.ts";
import { isId } from "../passwords/rules.ts";

/** The prefix of personal tokens, which selects their authenticator. */
export const personalTokenPrefix = "dbk_pat_";
/** The maximum for one person. */
const most = 20;

/** The values as sent: any JSON. */
export interface WantedToken {
  readonly name?: unknown;
  readonly expiresOn?: unknown;
}

/** A token as its holder sees it, without its hash. */
export interface OwnToken extends Pick<PersonalToken, "id" | "name" | "prefix" | "createdAt" | "lastUsedOn"> {
  /** `YYYY-MM-DD`: it works until the end of that day, UTC. */
  readonly expiresOn: string;
}

/** `token` is returned once. */
export interface AddedToken extends OwnToken {
  readonly token: string;
}

const lastDay = ({ expiresAt }: Pick<PersonalToken, "expiresAt">): string => dayOf(expiresAt - 1n);

const shown = (row: PersonalToken): OwnToken => {
  const { id, name, prefix, createdAt, lastUsedOn } = row;
  return { id, name, prefix, createdAt, lastUsedOn, expiresOn: lastDay(row) };
};

/** Those that work, newest first. */
export async function listTokens(
  { store, clock }: SignInDependencies,
  { user }: CallingPerson,
): Promise<OwnToken[]> {
  const now = clock();
  const all = await store.personalTokensOf(user.userId);
  const working = all.filter(({ expiresAt }) => expiresAt > now);
  return working.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).map(shown);
}

/**  @throws DaybookError `request-invalid` with an issue for each place; `not-allowed` beyond the maximum */
export async function addToken(
  { store, log, clock }: SignInDependencies,
  { caller, initiator, ...wanted }: OwnChange & WantedToken,
): Promise<AddedToken> {
  const now = clock();
  const checked = check(wanted, now);
  const { token, tokenHash, prefix } = issueToken(personalTokenPrefix);
  const { userId } = caller.user;
  const row = { userId, id: newId("token_"), tokenHash, prefix, ...checked };
  const logs = await logsOf(store, caller.user);
  return log.change(
    async (tx) => {
      const user = await tx.rows.userForUpdate({ userId });
      if (user === undefined) throw new DaybookError("not-authenticated");
      if ((await tx.rows.countPersonalTokens(userId, now)) >= most) throw tooMany();
      const kept = await tx.rows.insertPersonalToken(row);
      await recordToken(tx, "PERSONAL_TOKEN_ADDED", { token: kept, user, logs, initiator });
      return { ...shown(kept), token };
    },
    spanning("account", logs),
  );
}

function check({ name: wanted, expiresOn }: WantedToken, now: bigint): { name: string; expiresAt: bigint } {
  const name = trimmed(wanted);
  const issues = [...nameIssues(name, "token"), ...dateIssues(expiresOn, now)];
  if (issues[0] !== undefined)
    throw new DaybookError("request-invalid", { detail: issues[0].detail, issues });
  return { name: hideTokens(name), expiresAt: endOf(expiresOn as string) };
}

const tooMany = (): DaybookError =>
  new DaybookError("not-allowed", {
    detail: `You have ${most} personal tokens, the maximum for one person.`,
    remedy: "End one that you no longer use.",
  });

/** @throws DaybookError `personal-token-not-found` */
export async function removeToken(
  { store, log }: SignInDependencies,
  { caller, initiator, id }: OwnChange & { readonly id: string },
): Promise<void> {
  if (!isId(id)) throw new DaybookError("personal-token-not-found");
  const { user } = caller;
  const logs = await logsOf(store, user);
  const removed = await log.change(
    async (tx) => {
      await tx.rows.userForUpdate({ userId: user.userId });
      return endPersonalTokens(tx, { user, id, logs, initiator });
    },
    spanning("account", logs),
  );
  if (removed === 0) throw new DaybookError("personal-token-not-found");
}

interface TokensToEnd {
  readonly user: Pick<User, "userId" | "id" | "name">;
  /** The one with that id; default: all. */
  readonly id?: string;
  readonly logs: readonly MemberOrganization[];
  readonly initiator: Initiator;
}

/** Ends them, with PERSONAL_TOKEN_REMOVED for each; returns their number. */
export async function endPersonalTokens(
  tx: ChangeTransaction,
  { user, id, logs, initiator }: TokensToEnd,
): Promise<number> {
  const which = id === undefined ? {} : { id };
  const removed = await tx.rows.deletePersonalTokens({ userId: user.userId, ...which });
  for (const token of removed)
    await recordToken(tx, "PERSONAL_TOKEN_REMOVED", { token, user, logs, initiator });
  return removed.length;
}

interface TokenEnding extends Omit<TokensToEnd, "id"> {
  readonly token: PersonalToken;
}

function recordToken(
  tx: ChangeTransaction,
  type: "PERSONAL_TOKEN_ADDED" | "PERSONAL_TOKEN_REMOVED",
  { token, user, logs, initiator }: TokenEnding,
): Promise<void> {
  const expiresOn = lastDay(token);
  const data: JsonObject = { tokenId: token.id, userId: user.id, ...issuedData(token), expiresOn };
  const event = { type, ...actorAndContext(initiator), targets: [targetOf(user)], data };
  return recordInAll(tx, { logs, event, recordedBy: initiator.recordedBy });
}
