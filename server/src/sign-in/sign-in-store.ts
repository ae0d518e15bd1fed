/** What this room reads of the store. It changes it through the log alone. */
import type { Store } from "../store/store.ts";

/** What the room reads: what belongs to no organization, or comes before one is known. */
export type SignInStore = Pick<
  Store,
  | "sessions"
  | "viewerSessions"
  | "viewerSessionsOf"
  | "user"
  | "anyUser"
  | "users"
  | "sessionsOf"
  | "membershipsOf"
  | "operators"
  | "code"
  | "secondFactor"
  | "secondFactors"
  | "personalTokens"
  | "personalTokensOf"
  | "notePersonalTokensUsed"
  | "halfSession"
  | "noteSeen"
  | "knownBrowser"
>;
