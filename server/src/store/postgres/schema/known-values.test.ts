/** The database has exactly the roles and scopes that the library declares. */
import { readFileSync } from "node:fs";
import { memberRoles, scopes, teamRoles } from "daybook/internal";
import { expect, test } from "vitest";

const schema = readFileSync(new URL("schema.sql", import.meta.url), "utf8");

/** The texts in the check constraint with this name. */
function listedIn(constraint: string): string[] {
  const line = schema.split("\n").find((each) => each.includes(`CONSTRAINT ${constraint} `)) ?? "";
  return [...line.replace(/.*ARRAY\[/, "").matchAll(/'([^']+)'::text/g)].map(([, text]) => text as string);
}

test.each([
  ["membership_role_known", memberRoles],
  ["invitation_role_known", memberRoles],
  ["viewer_session_role_known", memberRoles],
  ["team_role_known", teamRoles],
  ["api_client_scopes_known", scopes],
])("%s lists what the library declares", (constraint, declared) => {
  expect(listedIn(constraint)).toEqual([...declared]);
});
