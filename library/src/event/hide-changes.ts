/**
 * Changes as they are stored (spec/hiding.md): with labels from the catalogue and hidden secrets, merged if their paths
 * have become equal, and sorted.
 */
import { byPath, isObject, sameJson } from "./diff.ts";
import type { Change, Json, JsonObject, TypeRules } from "./event.ts";
import { type Hiding, hidden, hideAt, hideIn, namesSecret } from "./hide.ts";
import { isIndex, isMarkedItself, lieOf } from "./marks.ts";
import { pointerNames, pointerTo } from "./pointer.ts";
import type { Rules } from "./rules.ts";
import { isBeside, isSecret, isWithin } from "./secret-names.ts";

/**
 * What the search for secrets needs: the marks, and the objects before and after, which have the members beside each
 * change.
 */
export interface HidingChanges extends Hiding {
  readonly states: readonly JsonObject[];
}

/** The changes of an event as they are stored. Labels, marks and `plain` refer to the paths as sent. */
export function hideChanges(changes: readonly Change[], type: TypeRules, hiding: HidingChanges): Change[] {
  const { tokens } = hiding.rules;
  let renamed = false;
  const kept = changes.map((change) => {
    const path = hidePath(change.path, tokens);
    renamed ||= path !== change.path;
    const ours = Object.hasOwn(type.labels, change.path) ? type.labels[change.path] : undefined;
    const label = ours ?? (change.label === undefined ? undefined : tokens.hide(change.label));
    return withSides(label === undefined ? { path } : { path, label }, change, {
      secret: type.secret.changes,
      hiding,
    });
  });
  return (renamed ? merge(kept) : kept).sort(byPath);
}

/** A path with its tokens hidden, name by name. */
export function hidePath(path: string, tokens: Rules["tokens"]): string {
  if (tokens.hide(path) === path && !path.includes("~")) return path;
  return pointerNames(path).reduce((pointer, name) => pointerTo(pointer, tokens.hide(name)), "");
}

/** Copies the sides of a change as sent to the stored one. */
function withSides(
  kept: Change,
  { path, from, to }: Change,
  { secret, hiding }: { secret: readonly string[]; hiding: HidingChanges },
): Change {
  const sides = { from, to };
  for (const mark of secret) {
    const lie = lieOf(path, mark);
    if (lie === "within") return inHiddenForm(kept, sides);
    if (lie === "around") hideMark(sides, path, mark);
  }
  const under = hiding.byName && isUnderSecret(path, hiding);
  const pointer = hiding.plain.length === 0 ? "" : path;
  if (sides.from !== undefined) kept.from = hideIn(sides.from, { pointer, under }, hiding);
  if (sides.to !== undefined) kept.to = hideIn(sides.to, { pointer, under }, hiding);
  const isAsSent = kept.from === from && kept.to === to;
  return !isAsSent && isHiddenWhole(kept, under) ? inHiddenForm(kept, kept) : kept;
}

interface ChangeSides {
  from?: Json | undefined;
  to?: Json | undefined;
}

function hideMark(sides: ChangeSides, path: string, mark: string): void {
  const names = pointerNames(mark).slice(pointerNames(path).length);
  if (sides.from !== undefined) sides.from = hideAt(sides.from, names);
  if (sides.to !== undefined) sides.to = hideAt(sides.to, names);
}

/** Whether both sides have become equal, or the only side is hidden because of the name above it. */
function isHiddenWhole({ from, to }: Change, under: boolean): boolean {
  if (from !== undefined && to !== undefined) return sameJson(from, to);
  return under && (from === hidden || to === hidden);
}

/** Reduces a change to which of its sides existed. */
function inHiddenForm(kept: Change, { from, to }: ChangeSides): Change {
  if (from !== undefined) kept.from = hidden;
  if (to !== undefined) kept.to = hidden;
  kept.hidden = true;
  return kept;
}

/**
 * Whether the value at a path stands under a secret name: its last name, without indexes and `-`, or a name around it.
 */
function isUnderSecret(path: string, hiding: HidingChanges): boolean {
  const { rules, plain } = hiding;
  const names = pointerNames(path);
  let pointer = path;
  for (let last = names.length - 1; last >= 0; last--) {
    if (plain.length > 0 && isMarkedItself(pointer, plain)) return false;
    pointer = pointer.slice(0, pointer.lastIndexOf("/"));
    if (names[last] === "-" || isIndex(names[last]!)) continue;
    const kind = rules.names.of(names[last]!);
    if ((kind & isSecret) !== 0) return true;
    if ((kind & isBeside) !== 0 && isNamedBeside(names.slice(0, last), hiding)) return true;
    if ((kind & isWithin) === 0) return false;
  }
  return false;
}

/** Whether the object at these names, before or after, has a member that names its neighbors as secret. */
const isNamedBeside = (names: readonly string[], { states, rules }: HidingChanges): boolean =>
  states.some((state) => {
    let here: Json | undefined = state;
    for (const name of names) here = isObject(here) ? here[name] : undefined;
    return isObject(here) && namesSecret(here, { rules });
  });

/** Merges changes whose paths have become equal, with the first label: the result has only which sides existed. */
function merge(changes: readonly Change[]): Change[] {
  const byPaths = new Map<string, Change>();
  for (const change of changes) {
    const first = byPaths.get(change.path);
    if (first === undefined) {
      byPaths.set(change.path, change);
      continue;
    }
    if (first.label === undefined && change.label !== undefined) first.label = change.label;
    inHiddenForm(first, { from: first.from ?? change.from, to: first.to ?? change.to });
  }
  return [...byPaths.values()];
}
