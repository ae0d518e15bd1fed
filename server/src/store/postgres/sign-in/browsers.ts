/** The rows of known browsers in a writing transaction: which browser signed in to which account before. */
import type { BrowserRows } from "../../contract/browsers.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import type { Statement } from "../statements/session.ts";
import { timestampText } from "../statements/times.ts";

/** The maximum number of browsers for one account. */
const mostKnown = 20;

const isKnown: Statement = {
  text: "SELECT true FROM known_browser WHERE token_hash = $1 AND user_id = $2 AND expires_at > $3",
};
const rename: Statement = { text: "UPDATE known_browser SET token_hash = $2 WHERE token_hash = $1" };
const remember: Statement = {
  text: `INSERT INTO known_browser (token_hash, user_id, expires_at) VALUES ($1, $2, $3)
    ON CONFLICT (token_hash, user_id) DO UPDATE SET expires_at = excluded.expires_at`,
};
const forgetOldest: Statement = {
  text: `DELETE FROM known_browser WHERE user_id = $1 AND token_hash = ANY (ARRAY (
      SELECT token_hash FROM known_browser WHERE user_id = $1 ORDER BY expires_at DESC OFFSET ${mostKnown}))`,
};
const forget: Statement = {
  text: "DELETE FROM known_browser WHERE user_id = $1 AND ($2::bytea IS NULL OR token_hash <> $2)",
};

/** Under the lock of the user's row, so that two sign-ins to one account run one after the other. */
export const browserRows = (changing: ChangeSession): BrowserRows => ({
  rememberBrowser: async ({ userId, tokenHash, before, expiresAt }) => {
    const { session } = changing;
    const known =
      before === undefined
        ? []
        : await session.rows(isKnown, [before, userId, await changedAtText(changing)]);
    if (before !== undefined) await session.rows(rename, [before, tokenHash]);
    await session.rows(remember, [tokenHash, userId, timestampText(expiresAt)]);
    await session.rows(forgetOldest, [userId]);
    return known.length > 0;
  },
  forgetBrowsers: async ({ userId, except }) => {
    await changing.session.rows(forget, [userId, except ?? null]);
  },
});
