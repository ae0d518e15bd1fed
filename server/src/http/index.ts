/** The public names of `http`, for other folders. */
export { addAccessLog, logFailure } from "./access-log.ts";
export { addressOf, baseOf } from "./addresses.ts";
export { sendJson, sendJsonPage, sendText } from "./answers.ts";
export { addBodies, bodyReader, bytesOf, jsonType, linesType, orNone } from "./bodies.ts";
export { BodyRoom } from "./body-room.ts";
export { changeRequestOf, contextOf, fromOf } from "./change-request.ts";
export { closeUnlessRead } from "./closing.ts";
export {
  browserOf,
  clearHalf,
  clearSession,
  cookieOf,
  type FrameCookies,
  frameCookieOf,
  halfTokenOf,
  sessionTokenOf,
  setCookie,
  setFrameCookie,
  setHalf,
  setSession,
  setViewer,
  viewerTokenOf,
} from "./cookies.ts";
export { sendTagged, versionOf } from "./etags.ts";
export { FollowLimits } from "./follow-limits.ts";
export { addGuard, callerOf } from "./guard.ts";
export { idempotencyUnder } from "./idempotency.ts";
export { addInFlight, type InFlightTimes } from "./in-flight.ts";
export { type Limits, openLimits } from "./limits.ts";
export { afterOf, historyPageOf, listPageOf, sendListPage } from "./list-pages.ts";
export { refuseConnection } from "./malformed.ts";
export { addMethods } from "./methods.ts";
export { addMetrics, type Metrics } from "./metrics.ts";
export {
  organizationNamed,
  organizationOf,
  type RequestOrganization,
  recordingOrganizationOf,
} from "./organization-of.ts";
export type { Pages } from "./pages.ts";
export { daybookErrorOf, problemHeaders, sendProblem } from "./problems.ts";
export { addProxyWatch } from "./proxies.ts";
export { readBody } from "./read-body.ts";
export { acceptedKind, requestIdOf } from "./request-facts.ts";
export { seesStill, whileVisible } from "./still-visible.ts";
export { whoseOrganizations } from "./whose-organizations.ts";
