/**
 * The sight of a connection: the organization whose rows it sees now, as it named it to the database (0004_second_wall.sql). It
 * refuses to know what is read by it.
 */
import type { Session, Statement } from "./session.ts";

const setSight: Statement = {
  name: "set_sight",
  text: "SELECT set_config('daybook.organization', $1, false)",
};

/** Gives a connection the sight of an organization. A run of readings of one organization costs nothing after the first. */
export type Give = (session: Session, organizationId: number) => Promise<void>;

/**
 * Remembers the sights of connections. One whose sight is in doubt, because naming it failed, is marked broken: nothing may ever run
 * under the sight of the one before.
 */
export function openSights(): Give {
  const sights = new WeakMap<object, number>();
  return async (session, organizationId) => {
    if (sights.get(session.client) === organizationId) return;
    sights.delete(session.client);
    try {
      await session.rows(setSight, [String(organizationId)]);
    } catch (error) {
      session.broken = true;
      throw error;
    }
    sights.set(session.client, organizationId);
  };
}
