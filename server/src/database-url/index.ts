/** The public names of `database-url`, for other folders. */
export {
  DatabaseUrlError,
  type Keyword,
  type Keywords,
  parseDatabaseUrl,
} from "./database-url.ts";
