/** What the tokens of API clients begin with; the authenticator for them is found by it. */
export const apiClientPrefix = "dbk_live_";
