/** What other folders may use of `api`. */
export { buildApp } from "./app.ts";
export type { ApiOptions } from "./options.ts";
