/** The public names of `api-clients`, for other folders. */
export type { IssuedApiClient } from "./add.ts";
export { type ApiClients, openApiClients } from "./api-clients.ts";
export { apiClientPrefix } from "./prefix.ts";
export { type TaggedApiClient, warningAt } from "./shown.ts";
