/** Row scopes: whose rows a read sees. */

/**
 * Whose rows a reading may see: one organization's, by its number. Row-level security: the database itself refuses the rest,
 * whatever is asked for. `everything` is for operators and for what the server does by itself.
 */
export type RowScope = number | "everything";

/** The row scope of a caller who belongs nowhere: no organization has this number. */
export const nothing = -1;
