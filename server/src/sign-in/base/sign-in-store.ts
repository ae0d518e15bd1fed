/** What this service reads of the store. It makes changes only through the log. */
import type { Store } from "../../store/store.ts";

/** Reads of what belongs to no organization, or comes before one is known. */
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
