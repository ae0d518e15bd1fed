/** Folds events about accounts, sign-ins, and operators. They stand in the log of the reserved organization. */
import { formatTime } from "daybook/internal";
import { addressKey } from "../../store/contract/name-key.ts";
import { endOf } from "../../tokens/index.ts";
import type { Folds } from "./own-event.ts";
import type { FoldedRows } from "./state.ts";

/** How many recovery codes are issued together. */
const issuedCodes = 10;

/** Someone with no codes left has no row. */
function setCodes(rows: FoldedRows, user_id: string, codes: number): void {
  if (codes > 0) rows.put("recovery_codes", { user_id, codes });
  else rows.remove("recovery_codes", user_id);
}

const codesOf = (rows: FoldedRows, userId: string): number =>
  Number(rows.get("recovery_codes", userId)?.codes ?? 0);

export const accountFolds: Folds<
  | "USER_ADDED"
  | "USER_CHANGED"
  | "OPERATOR_ADDED"
  | "OPERATOR_REMOVED"
  | "PASSWORD_CHANGED"
  | "SIGN_IN_LINK_ISSUED"
  | "SIGN_IN"
  | "SESSIONS_ENDED"
  | "SECOND_FACTOR_ADDED"
  | "SECOND_FACTOR_REMOVED"
  | "PERSONAL_TOKEN_ADDED"
  | "PERSONAL_TOKEN_REMOVED"
> = {
  USER_ADDED: {
    deployment: (rows, { data, targets, occurredAt: created_at }) => {
      const { userId: id, email, how, issuer = null, subject = null } = data;
      const is_operator = how === "SET_UP" || how === "OPERATOR";
      const name = targets?.[0]?.name ?? null;
      const who = { id, email, email_key: addressKey(email), name, issuer, subject };
      rows.put("user_account", { ...who, is_operator, has_password: false, created_at });
      if (how === "SET_UP") rows.removeGroup("one_time_code", null);
    },
  },
  USER_CHANGED: {
    deployment: (rows, { changes = [], data: { userId, subject = null } }) => {
      for (const { path, to = null } of changes) {
        if (path === "/name") rows.change("user_account", userId, { name: to as string });
        if (path !== "/issuer") continue;
        rows.change("user_account", userId, { issuer: to as string | null, subject });
        if (to !== null && rows.get("user_account", userId)?.is_operator === false)
          rows.removeGroup("one_time_code", userId);
      }
    },
  },
  OPERATOR_ADDED: {
    deployment: (rows, { data: { userId } }) => {
      rows.change("user_account", userId, { is_operator: true });
      if (rows.get("user_account", userId)?.subject === null) rows.removeGroup("one_time_code", userId);
    },
  },
  OPERATOR_REMOVED: {
    deployment: (rows, { data: { userId } }) => rows.change("user_account", userId, { is_operator: false }),
  },
  PASSWORD_CHANGED: {
    deployment: (rows, { data: { userId, how } }) => {
      rows.change("user_account", userId, { has_password: how !== "RESET" });
      if (how === "SET_UP") rows.removeGroup("one_time_code", userId);
    },
  },
  SIGN_IN_LINK_ISSUED: {
    deployment: (rows, { data, recordedBy, occurredAt: created_at }) => {
      const { userId: user_id = null, expiresAt: expires_at, credential: code_hash } = data;
      if (user_id !== null) rows.removeGroup("one_time_code", user_id);
      const issued_by = recordedBy.type === "operator" ? recordedBy.id : null;
      rows.put("one_time_code", { user_id, issued_by, created_at, expires_at, code_hash });
    },
  },
  SIGN_IN: {
    deployment: (rows, { data, context, occurredAt: created_at }) => {
      const { userId: user_id, sessionId: id, method, expiresAt: expires_at, credential: token_hash } = data;
      const user_agent = context?.userAgent ?? null;
      rows.put("session", { user_id, id, method, user_agent, created_at, expires_at, token_hash });
      if (data.secondFactor === "RECOVERY_CODE") setCodes(rows, user_id, codesOf(rows, user_id) - 1);
    },
  },
  SESSIONS_ENDED: {
    deployment: (rows, { data: { sessionIds } }) => {
      for (const id of sessionIds) rows.remove("session", id);
    },
  },
  SECOND_FACTOR_ADDED: {
    deployment: (rows, { data: { userId: user_id, kind }, occurredAt: created_at }) => {
      if (kind === "TOTP") rows.put("second_factor", { user_id, kind, created_at });
      setCodes(rows, user_id, issuedCodes);
    },
  },
  SECOND_FACTOR_REMOVED: {
    deployment: (rows, { data: { userId } }) => {
      rows.remove("second_factor", userId);
      rows.remove("recovery_codes", userId);
    },
  },
  PERSONAL_TOKEN_ADDED: {
    deployment: (rows, { data, occurredAt: created_at }) => {
      const { tokenId: id, userId: user_id, tokenPrefix: prefix, credential: token_hash } = data;
      const expires_at = formatTime(endOf(data.expiresOn));
      rows.put("personal_token", { user_id, id, prefix, created_at, expires_at, token_hash });
    },
  },
  PERSONAL_TOKEN_REMOVED: {
    deployment: (rows, { data: { tokenId } }) => rows.remove("personal_token", tokenId),
  },
};
