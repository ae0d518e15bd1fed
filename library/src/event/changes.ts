/**
 * The changes of an event: checks the producer's own, or computes them from `before` and `after`. Labels and hiding
 * come later.
 */
import { byPath, diffWithin, isObject, sameJson } from "./diff.ts";
import type { Change, Json, JsonObject } from "./event.ts";
import type { Issues } from "./issues.ts";
import { limits } from "./limits.ts";
import { goesThroughProto, isPointer } from "./pointer.ts";
import { fitsUtf8, utf8Length } from "./utf8.ts";
import { isAbsent } from "./without-nulls.ts";

/** The changes that a producer sent or implied. `unchanged`: `before` and `after` were both sent, and are equal. */
export interface FoundChanges {
  readonly changes: Change[] | undefined;
  readonly unchanged: boolean;
}

/** The changes of an event, sorted by path; undefined if there are none. They are neither labeled nor hidden yet. */
export function findChanges(event: JsonObject, issues: Issues): FoundChanges {
  const { changes, before, after } = event;
  if (before === undefined && after === undefined) {
    return { changes: changes === undefined ? undefined : ownChanges(changes, issues), unchanged: false };
  }
  if (changes !== undefined) {
    issues.at("/changes", {
      detail: "The event has both changes and before or after.",
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
      remedy: "Leave out what does not matter, replace large values with a digest, or send several events.",
    });
    return { changes: undefined, unchanged: false };
  }
  checkLengths(found, after === undefined ? "/before" : "/after", issues);
  const unchanged = found.length === 0 && before !== undefined && after !== undefined;
  return { changes: found.length === 0 ? undefined : found, unchanged };
}

/** Computed paths have the same maximum length as paths that are sent. */
function checkLengths(changes: readonly Change[], place: string, issues: Issues): void {
  const long = changes.find(({ path }) => !fitsUtf8(path, limits.onePathBytes));
  if (long === undefined) return;
  issues.at(place, {
    detail: `The path of a change has ${utf8Length(long.path)} bytes; ${limits.onePathBytes} are allowed.`,
    remedy: "Send a flatter object, or shorter names.",
  });
}

/** `before` or `after`; if it is missing, `{}`. */
function state(value: Json | undefined, name: "before" | "after", issues: Issues): JsonObject {
  if (value === undefined) return {};
  if (isObject(value)) return value;
  issues.notObject(`/${name}`, value, { what: name, example: '{"name":"Payments"}' });
  return {};
}

const changeExample = '{"path":"/name","from":"Old","to":"New"}';

function ownChanges(value: Json, issues: Issues): Change[] | undefined {
  if (!Array.isArray(value)) {
    issues.notList("/changes", value, { what: "changes", example: `[${changeExample}]` });
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
      issues.notObject(`/changes/${i}`, change, { what: "A change", example: changeExample });
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
      if (!isAbsent(change.label)) issues.text(change.label, place, name, limits.labelBytes);
    } else if (name === "hidden") {
      issues.add(place, name, {
        detail: "Only the server sets hidden.",
        remedy: "Leave it out; mark the path as secret in the event type.",
      });
    } else issues.unknown(place, name, ["path", "label", "from", "to"]);
  }
  const { path, label, from, to } = change;
  checkSides(from, to, place, issues);
  if (isAbsent(path)) {
    issues.missing(place, "path", path);
    return undefined;
  }
  if (!isPath(path, place, issues)) return undefined;
  return {
    path,
    ...(typeof label === "string" ? { label } : {}),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** A change has the value before, the value after, or both, and the two differ. */
function checkSides(from: Json | undefined, to: Json | undefined, place: string, issues: Issues): void {
  if (from === undefined && to === undefined) {
    issues.at(place, {
      detail: "The change has neither from nor to.",
      remedy: "Send the value before as from, the value after as to, or both.",
    });
  } else if (from !== undefined && to !== undefined && sameJson(from, to)) {
    issues.at(place, { detail: "from and to are equal: nothing changed.", remedy: "Leave the change out." });
  }
}

function isPath(path: Json, place: string, issues: Issues): path is string {
  const remedy = "Begin with / and put / between names, like /address/city.";
  if (typeof path !== "string" || !isPointer(path))
    issues.add(place, "path", { detail: "path must be a JSON Pointer (RFC 6901).", remedy });
  else if (path === "")
    issues.add(place, "path", { detail: "path is empty, which names no member.", remedy });
  else if (goesThroughProto(path))
    issues.add(place, "path", {
      detail: "The member name __proto__ is refused.",
      remedy: "Rename the member.",
    });
  else if (!fitsUtf8(path, limits.onePathBytes)) {
    const detail = `path has ${utf8Length(path)} bytes; ${limits.onePathBytes} are allowed.`;
    issues.add(place, "path", { detail, remedy: "Shorten it." });
  } else return true;
  return false;
}
