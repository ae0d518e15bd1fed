/**
 * The public names of `importers`, for other folders and packages: functions that make events of the payloads of other systems.
 * @module daybook/importers
 */
export { checkSecret, deriveId, type IdSource } from "./derive-id.ts";
export { type DeliverySource, readDeliveries } from "./github/deliveries.ts";
export { type GithubDelivery, type GithubOptions, type GithubResult, mapGithub } from "./github/map.ts";
export type { ImportedEvent } from "./imported-event.ts";
export { type DefinitionFile, definitionDigest, mapDefinition } from "./openapi.ts";
