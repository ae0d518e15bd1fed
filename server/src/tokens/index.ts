/** The public names of `tokens`, for other folders. */
export { addDays, dayOf, daysBetween, endOf, inWords, isDay, yearAfter } from "./dates.ts";
export { LastUsed } from "./last-used.ts";
export { dateIssues, nameIssues, trimmed, wrong } from "./rules.ts";
export { hashOf, type IssuedToken, issuedData, issueToken } from "./tokens.ts";
