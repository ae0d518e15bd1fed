/** The public names of `sign-in`, for other folders. */
export type { UserAccount } from "./account.ts";
export type { From } from "./dependencies.ts";
export type { Entered } from "./entered.ts";
export { type HalfEntered, isHalf } from "./half-sessions.ts";
export type { Flow } from "./openid.ts";
export type { AddedToken, OwnToken } from "./personal-tokens.ts";
export type { OwnFactor } from "./second-factor.ts";
export type { OfferedFactor } from "./second-factor-offer.ts";
export { SessionEnded } from "./sessions.ts";
export { openSignIn, type SignIn, type SignInOptions } from "./sign-in.ts";
export { shownViewerSession, viewerSessionKey, viewerSessionName } from "./viewer-list.ts";
