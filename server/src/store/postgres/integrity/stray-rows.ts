/** Contradictions between tables that no log explains: a sentence for each. */
import { migrations } from "../schema/migrate.ts";
import { column, rowShape } from "../statements/row-shape.ts";
import type { Statement, StatementSession } from "../statements/session.ts";

const table = column<string>("table_name::text");
const tablesWith: Statement = {
  text: `SELECT ${table.columns} FROM information_schema.columns
    WHERE table_schema = current_schema() AND column_name = $1 ORDER BY 1`,
};

const number = column<number>("x.id");
/** Walks from one number to the next in an index that starts with it, however many rows each has. */
const strangers = (name: string): Statement => ({
  text: `WITH RECURSIVE x (id) AS (
      (SELECT t.organization_id FROM ${name} t ORDER BY t.organization_id LIMIT 1)
      UNION ALL SELECT (SELECT t.organization_id FROM ${name} t WHERE t.organization_id > x.id ORDER BY t.organization_id LIMIT 1)
        FROM x WHERE x.id IS NOT NULL)
    SELECT ${number.columns} FROM x WHERE x.id IS NOT NULL AND NOT EXISTS (SELECT FROM organization o WHERE o.organization_id = x.id)`,
});
const count = column<bigint>("count(*)");
const ofNobody = (name: string): Statement => ({
  text: `SELECT ${count.columns} FROM ${name} t
    WHERE t.user_id IS NOT NULL AND NOT EXISTS (SELECT FROM user_account u WHERE u.user_id = t.user_id)`,
});

const typeName = column<string>("n.name");
const isOfService = "EXISTS (SELECT FROM service_event_type s WHERE s.name = n.name)";
const isOfOrganization = "EXISTS (SELECT FROM event_type e WHERE e.name = n.name)";
const wrongNames: Statement = {
  text: `SELECT ${typeName.columns} FROM event_type_name n
    WHERE n.of_service <> ${isOfService} OR NOT (${isOfService} OR ${isOfOrganization}) ORDER BY 1`,
};
const namelessTypes: Statement = {
  text: `SELECT ${typeName.columns} FROM (SELECT name FROM event_type UNION SELECT name FROM service_event_type) n
    WHERE NOT EXISTS (SELECT FROM event_type_name x WHERE x.name = n.name) ORDER BY 1`,
};
const ahead = rowShape({ follower: column<string>("p.name"), organization: column<string>("o.slug") });
const followersAhead: Statement = {
  text: `SELECT ${ahead.columns} FROM follower p JOIN organization o USING (organization_id)
    LEFT JOIN head h USING (organization_id)
    WHERE h.size IS NULL OR p.log_no < 0 OR p.next_seq < 0 OR p.log_no > h.log_no OR (p.log_no = h.log_no AND p.next_seq > h.size)`,
};
const applied = rowShape({
  version: column<number>("version"),
  name: column<string>("name"),
  checksum: column<string>("checksum"),
});
const selectApplied: Statement = { text: `SELECT ${applied.columns} FROM schema_migration ORDER BY version` };

async function strangersIn(session: StatementSession): Promise<string[]> {
  const found: string[] = [];
  for (const name of (await session.rows(tablesWith, ["organization_id"])).map(table.read)) {
    if (name === "organization") continue;
    for (const id of (await session.rows(strangers(name))).map(number.read))
      found.push(`The table ${name} has rows of organization number ${id}, which doesn't exist.`);
  }
  for (const name of (await session.rows(tablesWith, ["user_id"])).map(table.read)) {
    if (name === "user_account") continue;
    const [rows = 0n] = (await session.rows(ofNobody(name))).map(count.read);
    if (rows > 0n) found.push(`The table ${name} has rows of accounts that don't exist: ${rows}.`);
  }
  return found;
}

async function wrongMigrations(session: StatementSession): Promise<string[]> {
  const known = await migrations();
  const rows = (await session.rows(selectApplied)).map(applied.read);
  const isKnown = rows.every((row, index) => {
    const { version, name, checksum } = known[index] ?? {};
    return row.version === version && row.name === name && row.checksum === checksum;
  });
  return isKnown && rows.length === known.length
    ? []
    : ["The table schema_migration is not that of this version of Daybook."];
}

/** In a transaction of the caller. */
export async function strayRows(session: StatementSession): Promise<string[]> {
  const found = await strangersIn(session);
  for (const name of (await session.rows(wrongNames)).map(typeName.read))
    found.push(`The name of event type ${name} is not reserved for those who have the type.`);
  for (const name of (await session.rows(namelessTypes)).map(typeName.read))
    found.push(`The name of event type ${name} is not reserved.`);
  for (const { follower, organization } of (await session.rows(followersAhead)).map(ahead.read))
    found.push(`The follower ${follower} claims a position in the log of ${organization} that isn't there.`);
  return [...found, ...(await wrongMigrations(session))];
}
