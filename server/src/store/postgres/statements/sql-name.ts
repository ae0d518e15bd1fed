/** Names in SQL that is also read by people. */
import pg from "pg";

/** A name, quoted if it must be. */
export const sqlName = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : pg.escapeIdentifier(name);
