/**
 * Warnings about a definition that are not faults: members of `data` with names of secrets, which are hidden in every event
 * (spec/hiding.md, section 2).
 */
import type { EventType } from "daybook/catalogue";
import { type Issue, isMarkedItself, type Json, newestRules, pointerTo } from "daybook/internal";
import { isPlainObject } from "./problems.ts";

/** The maximum number of warnings. */
const mostWarnings = 20;

/** The warnings about a type, each at its place in the definition. */
export function warningsOf({ data, plain }: Pick<EventType, "data" | "plain">): Issue[] {
  const found = new Map<string, Issue>();
  if (data !== null) look(data, { schema: "/data", value: "" }, { plain: plain.data, found });
  return [...found.values()].slice(0, mostWarnings);
}

/** The place of a schema in the definition, and what it describes in `data`; `-` for any index. */
interface PropertyPosition {
  readonly schema: string;
  readonly value: string;
}
interface Looking {
  readonly plain: readonly string[];
  readonly found: Map<string, Issue>;
}

function look(schema: Json, place: PropertyPosition, looking: Looking): void {
  if (!isPlainObject(schema)) return;
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    const forms = schema[keyword];
    if (!Array.isArray(forms)) continue;
    for (const [i, form] of forms.entries())
      look(form, { ...place, schema: `${place.schema}/${keyword}/${i}` }, looking);
  }
  if (schema.items !== undefined) {
    look(schema.items, { schema: `${place.schema}/items`, value: `${place.value}/-` }, looking);
  }
  if (!isPlainObject(schema.properties)) return;
  for (const [name, member] of Object.entries(schema.properties)) {
    const own = {
      schema: pointerTo(`${place.schema}/properties`, name),
      value: pointerTo(place.value, name),
    };
    if (newestRules.names.isSecret(name) && holdsText(member)) warn(name, own, looking);
    look(member, own, looking);
  }
}

/** False for values that are never hidden: true, false and null. */
function holdsText(schema: Json): boolean {
  if (!isPlainObject(schema) || schema.type === undefined) return schema !== false;
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return types.some((type) => type !== "boolean" && type !== "null");
}

function warn(name: string, { schema, value }: PropertyPosition, { plain, found }: Looking): void {
  if (isMarkedItself(value, plain)) return;
  found.set(schema, {
    pointer: schema,
    detail: `${name} has the name of a secret: Daybook stores its values as [hidden].`,
    remedy: `If it is not secret, add ${value} to data of plain, or rename it.`,
  });
}
