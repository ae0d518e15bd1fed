/** Reads organizations: one by its names, pages of all, and how much they have. */
import type { Organization, OrganizationFigures, OrganizationReads } from "../../contract/organizations.ts";
import { column, countColumn, rowShape } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import { contains, type Run } from "../statements/statements.ts";
import { organizationShape } from "./rows.ts";

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
/** Without case, as far as the database's locale folds it; all contain nothing. */
const listMatching: Statement = {
  name: "organizations_matching",
  text: `SELECT ${organizationShape.columns} FROM organization
    WHERE slug > $1 AND organization_id <> 0 AND (strpos(slug, lower($3)) > 0 OR ${contains("name", "$3")})
    ORDER BY slug LIMIT $2`,
};
const figures = rowShape<OrganizationFigures>({
  organizationId: column("h.organization_id"),
  events: column(`(h.size + coalesce((SELECT sum(l.final_size) FROM log l
    WHERE l.organization_id = h.organization_id AND l.log_no < h.log_no), 0))::bigint`),
  lastRecordedAt: column("h.recorded_at"),
  members: countColumn("(SELECT count(*) FROM membership m WHERE m.organization_id = h.organization_id)"),
  teams: countColumn("(SELECT count(*) FROM team t WHERE t.organization_id = h.organization_id)"),
});
const selectFigures: Statement = {
  name: "organization_figures",
  text: `SELECT ${figures.columns} FROM head h WHERE h.organization_id = ANY ($1)`,
};

export function organizationReads(read: Run): OrganizationReads {
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
    organizationsMatching: ({ after, limit, matching }) =>
      readOrganizations(listMatching, [after ?? "", limit, matching ?? ""]),
    organizationFigures: async (organizationIds) =>
      (await read((session) => session.rows(selectFigures, [organizationIds]))).map(figures.read),
  };
}
