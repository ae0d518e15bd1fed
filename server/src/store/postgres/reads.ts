/** The reads of organizations and their logs, over the connections of `read`: with one row scope, or without. */
import type { Organization, OrganizationReads } from "../contract/organizations.ts";
import type { Reads } from "../store.ts";
import { apiClientReads } from "./api-clients/reads.ts";
import { eventTypeReads } from "./event-types/rows.ts";
import { eventsAt, eventsFrom, findEvent, tiles } from "./events/by-key.ts";
import { heads, logs } from "./events/heads.ts";
import { followerProgress, unfollowed } from "./followers/positions.ts";
import { blocks, changedEvents, newestSegments, segments } from "./full-text/segments.ts";
import { organizationShape } from "./organizations/rows.ts";
import { calendar, count } from "./pages/count.ts";
import { walkBytes } from "./pages/walk-bytes.ts";
import { type Namer, walks } from "./pages/walks.ts";
import { peopleReads } from "./people/reads.ts";
import { savedViewReads } from "./saved-views/rows.ts";
import type { Statement } from "./statements/session.ts";
import type { Run } from "./statements/statements.ts";

const selectOrganization: Statement = {
  name: "organization",
  text: `SELECT ${organizationShape.columns} FROM organization WHERE slug = $1
    UNION ALL SELECT ${organizationShape.columns} FROM organization WHERE id = $1 LIMIT 1`,
};
// two walks of an index for all of them; which of the two finds one is decided here
const selectOrganizationsNamed: Statement = {
  name: "organizations_named",
  text: `SELECT ${organizationShape.columns} FROM organization WHERE slug = ANY ($1)
    UNION ALL SELECT ${organizationShape.columns} FROM organization WHERE id = ANY ($1)`,
};
const selectOrganizations: Statement = {
  text: `SELECT ${organizationShape.columns} FROM organization WHERE organization_id = ANY ($1)`,
};
const listOrganizations: Statement = {
  text: `SELECT ${organizationShape.columns} FROM organization
    WHERE slug > $1 AND organization_id <> 0 ORDER BY slug LIMIT $2`,
};
function organizationReads(read: Run): OrganizationReads {
  const readOrganizations = async (statement: Statement, values: unknown[]): Promise<Organization[]> =>
    (await read((session) => session.rows(statement, values))).map(organizationShape.read);
  return {
    organization: async (slugOrId) => (await readOrganizations(selectOrganization, [slugOrId]))[0],
    organizationsNamed: async (slugsOrIds) => {
      const found = await readOrganizations(selectOrganizationsNamed, [slugsOrIds]);
      const bySlug = new Map(found.map((one) => [one.slug, one]));
      const byId = new Map(found.map((one) => [one.id, one]));
      return slugsOrIds.map((slugOrId) => bySlug.get(slugOrId) ?? byId.get(slugOrId));
    },
    organizationsById: (organizationIds) => readOrganizations(selectOrganizations, [organizationIds]),
    organizations: (afterSlug, limit) => readOrganizations(listOrganizations, [afterSlug ?? "", limit]),
  };
}

export const readsOver = (read: Run, named: Namer): Reads => ({
  ...organizationReads(read),
  ...eventTypeReads(read),
  ...peopleReads(read),
  ...savedViewReads(read),
  ...apiClientReads(read),
  ...walks(read, named),
  walkBytes: (query) => walkBytes(read, query),
  segments: (organizationId) => read((session) => segments(session, organizationId)),
  newestSegments: (limit) => read((session) => newestSegments(session, limit)),
  changedEvents: (organizationId) => read((session) => changedEvents(session, organizationId)),
  blocks: (ranges) => read((session) => blocks(session, ranges)),
  count: (query) => read((session) => count(session, named, query)),
  followerProgress: (...of) => read((session) => followerProgress(session, of)),
  unfollowed: (...of) => read((session) => unfollowed(session, of)),
  calendar: (query) => read((session) => calendar(session, query)),
  event: (...key) => read((session) => findEvent(session, key)),
  eventsAt: (places) => read((session) => eventsAt(session, places)),
  events: (...from) => read((session) => eventsFrom(session, from)),
  heads: (organizationIds) => read((session) => heads(session, organizationIds)),
  logs: (organizationId) => read((session) => logs(session, organizationId)),
  tiles: (...from) => read((session) => tiles(session, from)),
});
