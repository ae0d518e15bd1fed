/** The public names of `sign-in`, for other folders. */
export type { UserAccount } from "./accounts/account.ts";
export type { From } from "./base/dependencies.ts";
export type { Entered } from "./base/entered.ts";
export type { Flow } from "./by-openid/openid.ts";
export type { AddedToken, OwnToken } from "./personal-tokens/personal-tokens.ts";
export type { OwnFactor } from "./second-factor/second-factor.ts";
export type { OfferedFactor } from "./second-factor/second-factor-offer.ts";
export { type HalfEntered, isHalf } from "./sessions/half-sessions.ts";
export { SessionEnded } from "./sessions/sessions.ts";
export { openSignIn, type SignIn, type SignInOptions } from "./sign-in.ts";
export { shownViewerSession, viewerSessionKey, viewerSessionName } from "./viewers/viewer-list.ts";
