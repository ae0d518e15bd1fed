/** What changed between two versions of a saved view, as changes of an event: its name, and the parameters of its search. */
import type { Change, JsonObject } from "daybook/internal";
import type { SavedView } from "../store/contract/saved-views.ts";

type VersionOfView = Pick<SavedView, "name" | "search">;

export function changesBetween(before: VersionOfView, after: VersionOfView): Change[] {
  const changes: Change[] = [];
  if (before.name !== after.name) changes.push({ path: "/name", from: before.name, to: after.name });
  const [from, to] = [before, after].map(({ search }) => JSON.parse(search) as JsonObject) as [
    JsonObject,
    JsonObject,
  ];
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [was, now] = [from[name], to[name]];
    if (JSON.stringify(was) === JSON.stringify(now)) continue;
    changes.push({
      path: `/search/${name}`,
      ...(was === undefined ? {} : { from: was }),
      ...(now === undefined ? {} : { to: now }),
    });
  }
  return changes;
}
