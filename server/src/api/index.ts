/** What other rooms may use of `api`. */
export { buildApp } from "./app.ts";
export type { ApiOptions, ApiRooms } from "./rooms.ts";
