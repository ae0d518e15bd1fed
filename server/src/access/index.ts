/** What other rooms may use of `access`. */
export { type Access, type Caller, openAccess } from "./access.ts";
export { type Action, actions } from "./actions.ts";
