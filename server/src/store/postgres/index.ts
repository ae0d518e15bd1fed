/** What other rooms may use of the PostgreSQL driver. */
export type { Connection, ConnectionOptions } from "./connection.ts";
export { migrate } from "./migrate.ts";
export { openPostgres } from "./open.ts";
