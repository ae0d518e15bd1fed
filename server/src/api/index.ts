/** The public names of `api`, for other folders. */
export { buildApp } from "./app.ts";
export type { ApiOptions } from "./options.ts";
