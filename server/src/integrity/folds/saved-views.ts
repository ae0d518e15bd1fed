/** Folds events about saved views. No event has the words of a view of one's own, so those are folded into nulls. */
import { canonicalize, type JsonObject } from "daybook/internal";
import type { OwnRow } from "../../store/contract/integrity.ts";
import { nameKey } from "../../store/contract/name-key.ts";
import { type Folds, type OwnEvent, ofOrganization } from "./own-event.ts";
import type { FoldedRows } from "./state.ts";

/** The columns that a change can change. */
function wordsOf({ data: { view, search } }: OwnEvent<"VIEW_SAVED">): OwnRow {
  return {
    name: view ?? null,
    name_key: view === undefined ? null : nameKey(view),
    search: search === undefined ? null : canonicalize(search as JsonObject),
  };
}

/** The views of someone who is a member no longer. */
export function removeOwnViews(
  rows: FoldedRows,
  { organization }: Pick<OwnEvent, "organization">,
  userId: string,
): void {
  for (const key of rows.group("saved_view", userId))
    if (rows.get("saved_view", key)?.organization_id === organization.id) rows.remove("saved_view", key);
}

export const savedViewFolds: Folds<"VIEW_SAVED" | "VIEW_REMOVED"> = {
  VIEW_SAVED: {
    organization: (rows, event) => {
      const { viewId: id, userId: user_id = null, how } = event.data;
      const words = wordsOf(event);
      if (how === "CHANGED") return rows.count("saved_view", id, words);
      const row = { ...ofOrganization(event), id, user_id, version: 1, ...words };
      rows.put("saved_view", { ...row, created_at: event.occurredAt });
    },
  },
  VIEW_REMOVED: {
    organization: (rows, { data: { viewId } }) => rows.remove("saved_view", viewId),
  },
};
