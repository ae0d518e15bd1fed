/** The prefix of API clients' tokens, which selects their authenticator. */
export const apiClientPrefix = "dbk_live_";
