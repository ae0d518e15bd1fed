/** What other rooms may use of `api-clients`. */
export type { IssuedApiClient } from "./add.ts";
export { type ApiClients, openApiClients } from "./api-clients.ts";
export { type RefusedBecause, refusedBecause } from "./authenticate.ts";
export type { SeenOrganization } from "./organization.ts";
export type { ShownApiClient, TaggedApiClient } from "./shown.ts";
export { apiClientPrefix } from "./tokens.ts";
