/** Row scopes: whose rows a read sees. */

/**
 * The rows that a read may see: those of one organization, by its number. Row-level security: the database itself refuses all others,
 * whatever the query. `everything` is for operators and for the server's own work.
 */
export type RowScope = number | "everything";

/** The row scope of a caller without an organization: no organization has this number. */
export const nothing = -1;
