/**
 * The row scope of a connection: the organization whose rows it sees now, as it named it to the database (0004_second_wall.sql). It
 * refuses to know what is read by it.
 */
import type { Statement, StatementSession } from "../statements/session.ts";

const setRowScope: Statement = {
  name: "set_sight",
  text: "SELECT set_config('daybook.organization', $1, false)",
};

/** Gives a connection the row scope of an organization. A run of readings of one organization costs nothing after the first. */
export type Give = (session: StatementSession, organizationId: number) => Promise<void>;

/**
 * Remembers the row scopes of connections. One whose row scope is in doubt, because naming it failed, is marked broken: nothing may ever run
 * under the row scope of the one before.
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
