/** What other rooms may use of `api`. */
export { baseOf } from "./addresses.ts";
export { buildApp } from "./app.ts";
export { bytesOf, idempotencyUnder } from "./bodies.ts";
export { changeRequestOf, contextOf, fromOf } from "./change-request.ts";
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
} from "./cookies.ts";
export { callerOf } from "./guard.ts";
export { type Organization, organizationOf } from "./organization-of.ts";
export { daybookErrorOf, type Explain, problemHeaders } from "./problems.ts";
export { acceptedKind } from "./request-facts.ts";
export type { ApiOptions, ApiRooms, Pages } from "./rooms.ts";
export { whoseOrganizations } from "./routes/organizations.ts";
