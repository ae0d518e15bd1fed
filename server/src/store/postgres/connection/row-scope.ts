/** The row scope of a connection: the organization whose rows it sees now, which it has set in the database. */
import type { Statement, StatementSession } from "../statements/session.ts";

const setRowScope: Statement = {
  name: "set_row_scope",
  text: "SELECT set_config('daybook.organization', $1, false)",
};

/** Sets the row scope of a connection to an organization. Consecutive reads of one organization cost nothing after the first. */
export type Give = (session: StatementSession, organizationId: number) => Promise<void>;

/**
 * Remembers the row scopes of connections. If setting one fails, the connection is marked broken: nothing may run with the row scope of an
 * earlier organization.
 */
export function openRowScopes(): Give {
  const rowScopes = new WeakMap<object, number>();
  return async (session, organizationId) => {
    if (rowScopes.get(session.client) === organizationId) return;
    rowScopes.delete(session.client);
    try {
      await session.rows(setRowScope, [String(organizationId)]);
    } catch (error) {
      session.broken = true;
      throw error;
    }
    rowScopes.set(session.client, organizationId);
  };
}
