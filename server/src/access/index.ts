/** The public names of `access`, for other folders. */
export { type Access, type Authenticator, openAccess } from "./access.ts";
export { type Action, actions } from "./actions.ts";
export { coalescedByHash } from "./by-hash.ts";
export type { Caller, CallingPerson, KnownCaller, Machine, SignedIn, Viewer } from "./caller.ts";
export { isByToken } from "./judge.ts";
