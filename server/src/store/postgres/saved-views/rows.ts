/** The rows of saved views: their reads, and their changes in a writing transaction. */
import { nameKey } from "../../contract/name-key.ts";
import type { SavedView, SavedViewReads, SavedViewRows } from "../../contract/saved-views.ts";
import { type ChangeSession, changedAtText } from "../statements/change-time.ts";
import { column, countColumn, rowShape } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import { assignments, change, onlyRow, type Run } from "../statements/statements.ts";

const view = rowShape<SavedView>({
  organizationId: column("v.organization_id"),
  id: column("v.id"),
  userId: column("v.user_id"),
  name: column("v.name"),
  search: column("v.search"),
  version: column("v.version"),
  createdAt: column("v.created_at"),
});
const viewCount = countColumn("count(*)");

const insert: Statement = {
  text: `INSERT INTO saved_view AS v (organization_id, id, user_id, name, name_key, search, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${view.columns}`,
};
/** A saved view by its id. */
export const selectSavedView: Statement = {
  name: "saved_view",
  text: `SELECT ${view.columns} FROM saved_view v WHERE v.organization_id = $1 AND v.id = $2`,
};
const forUpdate: Statement = { text: `${selectSavedView.text} FOR UPDATE` };
const count: Statement = {
  text: `SELECT ${viewCount.columns} FROM saved_view WHERE organization_id = $1 AND user_id IS NOT DISTINCT FROM $2`,
};
// two walks of the index of names, in its order
const list = (whose: string, limit: string): string =>
  `(SELECT v.* FROM saved_view v WHERE v.organization_id = $1 AND v.user_id ${whose} ORDER BY v.name_key LIMIT ${limit})`;
/** The views that a person sees, in the order of the list. */
export const listSavedViews: Statement = {
  name: "saved_views",
  text: `SELECT ${view.columns} FROM (${list("= $2", "$3")} UNION ALL ${list("IS NULL", "$3")}) v
    ORDER BY v.user_id NULLS LAST, v.name_key LIMIT $3`,
};

const columnOf = { name: "name", key: "name_key", search: "search" } as const;

export const savedViewRows = (changing: ChangeSession): SavedViewRows => ({
  insertSavedView: async ({ organizationId, id, userId, name, search }) => {
    const values = [organizationId, id, userId, name, nameKey(name), search, await changedAtText(changing)];
    return view.read(onlyRow(await changing.session.rows(insert, values), "view"));
  },
  savedViewForUpdate: async (organizationId, id) => {
    const [row] = await changing.session.rows(forUpdate, [organizationId, id]);
    return row && view.read(row);
  },
  countSavedViews: async (organizationId, userId) =>
    viewCount.read(onlyRow(await changing.session.rows(count, [organizationId, userId]), "count")),
  updateSavedView: async (organizationId, id, { name, search }) => {
    const key = name === undefined ? undefined : nameKey(name);
    const { texts, values } = assignments(columnOf, { name, key, search }, 3);
    const set = ["version = version + 1", ...texts].join(", ");
    const text = `UPDATE saved_view SET ${set} WHERE organization_id = $1 AND id = $2`;
    await change(changing.session, text, [organizationId, id, ...values]);
  },
  deleteSavedView: (organizationId, id) =>
    change(changing.session, "DELETE FROM saved_view WHERE organization_id = $1 AND id = $2", [
      organizationId,
      id,
    ]),
});

export const savedViewReads = (read: Run): SavedViewReads => ({
  savedViews: async (organizationId, { userId, limit }) =>
    (await read((session) => session.rows(listSavedViews, [organizationId, userId ?? null, limit]))).map(
      view.read,
    ),
  savedView: async (organizationId, id) =>
    (await read((session) => session.rows(selectSavedView, [organizationId, id]))).map(view.read)[0],
});
