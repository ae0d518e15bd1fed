/** What other rooms may use of `api-clients`. */
export type { IssuedApiClient } from "./add.ts";
export { type ApiClients, openApiClients } from "./api-clients.ts";
export { apiClientPrefix } from "./prefix.ts";
export type { TaggedApiClient } from "./shown.ts";
