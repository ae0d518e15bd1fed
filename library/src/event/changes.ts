/** Changes of an event: the producer's own checked, or worked out of before and after. It refuses to know labels and secrets. */
import { byPath, diffWithin, isObject } from "./diff.ts";
import type { Change, Json, JsonObject } from "./event.ts";
import type { Issues } from "./issues.ts";
import { limits } from "./limits.ts";
import { isPointer } from "./pointer.ts";

/** What a producer said changed. `unchanged`: before and after were both sent, and are equal. */
export interface FoundChanges {
  readonly changes: Change[] | undefined;
  readonly unchanged: boolean;
}

/** The changes of an event, sorted by path, none as undefined; neither labelled nor hidden yet. */
export function findChanges(event: JsonObject, issues: Issues): FoundChanges {
  const { changes, before, after } = event;
  if (before === undefined && after === undefined) {
    return { changes: changes === undefined ? undefined : ownChanges(changes, issues), unchanged: false };
  }
  if (changes !== undefined) {
    issues.at("/changes", {
      detail: "There are changes, and before or after as well.",
      remedy: "Send either changes, or before and after.",
    });
    return { changes: undefined, unchanged: false };
  }
  const from = state(before, "before", issues);
  const to = state(after, "after", issues);
  const found = diffWithin(from, to, limits);
  if (found === undefined) {
    issues.at(after === undefined ? "/before" : "/after", {
      detail: `before and after differ in more than ${limits.changes} places, or in places whose paths have more than 64 KiB.`,
      remedy: "Send only what matters, a digest in place of what is large, or several events.",
    });
    return { changes: undefined, unchanged: false };
  }
  const unchanged = found.length === 0 && before !== undefined && after !== undefined;
  return { changes: found.length === 0 ? undefined : found, unchanged };
}

/** `before` or `after`; a missing one counts as `{}`. */
function state(value: Json | undefined, name: "before" | "after", issues: Issues): JsonObject {
  if (value === undefined) return {};
  if (isObject(value)) return value;
  issues.add("", name, {
    detail: `${name} must be an object.`,
    remedy: "Leave it out where there was nothing.",
  });
  return {};
}

function ownChanges(value: Json, issues: Issues): Change[] | undefined {
  if (!Array.isArray(value)) {
    issues.at("/changes", { detail: "changes must be a list." });
    return undefined;
  }
  if (value.length > limits.changes) {
    issues.at("/changes", {
      detail: `There are ${value.length} changes; ${limits.changes} are allowed.`,
      remedy: "Send only what matters, or several events.",
    });
    return undefined;
  }
  const paths = new Set<string>();
  const changes: Change[] = [];
  for (let i = 0; i < value.length; i++) {
    const change = value[i]!;
    if (!isObject(change)) {
      issues.add("/changes", i, { detail: "A change must be an object." });
      continue;
    }
    const checked = ownChange(change, `/changes/${i}`, issues);
    if (checked === undefined) continue;
    if (paths.has(checked.path)) {
      const remedy = "Send one change for each path.";
      issues.add(`/changes/${i}`, "path", { detail: "Another change has the same path.", remedy });
    }
    paths.add(checked.path);
    changes.push(checked);
  }
  return changes.length === 0 ? undefined : changes.sort(byPath);
}

function ownChange(change: JsonObject, place: string, issues: Issues): Change | undefined {
  for (const name of Object.keys(change)) {
    if (name === "path" || name === "from" || name === "to") continue;
    if (name === "label") {
      if (change[name] !== undefined) issues.text(change[name], place, name, Number.POSITIVE_INFINITY);
    } else if (name === "hidden") {
      issues.add(place, name, {
        detail: "hidden is the server's to set.",
        remedy: "Leave it out; mark the path as secret in the event type.",
      });
    } else issues.unknown(place, name, ["path", "label", "from", "to"]);
  }
  const { path, label, from, to } = change;
  if (path === undefined) {
    issues.missing(place, "path");
    return undefined;
  }
  if (typeof path !== "string" || !isPointer(path)) {
    issues.add(place, "path", {
      detail: "path must be a JSON Pointer (RFC 6901).",
      remedy: "Write it like /name.",
    });
    return undefined;
  }
  return {
    path,
    ...(typeof label === "string" ? { label } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
