/**
 * The JSON Schemas (2020-12) that a custom type can have for `data`: those that are checked in time linear in the size of `data`, and mean
 * the same everywhere. They have no references, no regular expressions, no comparison of items, and a limited number of alternatives.
 * spec/catalogue.md describes them for users.
 */
import {
  canonicalize,
  type Json,
  type JsonObject,
  pointerTo,
  reservedDataMembers,
  utf8Length,
} from "daybook/internal";
import { knownFormats } from "./formats.ts";
import { isPlainObject, type Problems } from "./problems.ts";

/** `bytes` of UTF-8 in canonical form; `depth` in nested schemas, the outermost being 1. */
export const schemaLimits = { bytes: 16_384, depth: 8, forms: 16, values: 100 } as const;

const dialect = "https://json-schema.org/draft/2020-12/schema";
const typeNames = ["object", "array", "string", "integer", "number", "boolean", "null"];
const formatNames = Object.keys(knownFormats);

/** A schema during the check. */
interface SchemaPosition {
  readonly pointer: string;
  readonly depth: number;
  /** Whether it describes `data` itself, not a value inside. */
  readonly outermost: boolean;
}

/** Checks a schema; adds its faults to `problems`. */
export function checkSchema(schema: Json, pointer: string, problems: Problems): void {
  if (!problems.object(schema, pointer)) return;
  if (utf8Length(canonicalize(schema)) > schemaLimits.bytes) {
    problems.add(
      pointer,
      `The schema is larger than ${schemaLimits.bytes} bytes.`,
      "Describe less of the data.",
    );
    return;
  }
  if (schema.type !== "object")
    problems.add(pointerTo(pointer, "type"), "data is always an object.", 'Send "type": "object".');
  new SchemaCheck(problems).schema(schema, { pointer, depth: 1, outermost: true });
}

class SchemaCheck {
  readonly #problems: Problems;
  #forms = 0;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  schema(schema: Json, place: SchemaPosition): void {
    if (!this.#problems.object(schema, place.pointer)) return;
    if (place.depth > schemaLimits.depth) {
      const remedy = "Describe the data less deeply.";
      this.#problems.add(place.pointer, `Schemas may nest ${schemaLimits.depth} deep.`, remedy);
      return;
    }
    for (const [keyword, value] of Object.entries(schema)) {
      const pointer = pointerTo(place.pointer, keyword);
      const check = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
      if (check === undefined) {
        const known = Object.keys(keywords).join(", ");
        this.#problems.add(pointer, `${keyword} can't be used here.`, `Leave it out. Known here: ${known}.`);
      } else check(this, value, { ...place, pointer });
    }
  }

  text(value: Json, { pointer }: SchemaPosition): void {
    this.#problems.text(value, pointer, 2_000);
  }

  dialect(value: Json, place: SchemaPosition): void {
    if (!place.outermost || value !== dialect)
      this.#problems.add(place.pointer, "Only JSON Schema 2020-12 is known.", "Leave $schema out.");
  }

  type(value: Json, { pointer }: SchemaPosition): void {
    const names = Array.isArray(value) ? value : [value];
    if (names.length === 0 || !names.every((name) => typeof name === "string" && typeNames.includes(name)))
      this.#problems.add(
        pointer,
        `type must be one of ${typeNames.join(", ")}.`,
        "Send one, or a list of some.",
      );
    else if (new Set(names).size !== names.length)
      this.#problems.add(pointer, "A type is named twice.", "Name each once.");
  }

  scalar(value: Json, { pointer }: SchemaPosition): void {
    if (typeof value === "object" && value !== null)
      this.#problems.add(
        pointer,
        "Only strings, numbers, true, false and null can be compared.",
        "Describe objects and lists by their members.",
      );
  }

  values(value: Json, place: SchemaPosition): void {
    const limit = { pointer: place.pointer, limit: schemaLimits.values };
    if (!this.#problems.list(value, limit, (item, pointer) => this.scalar(item, { ...place, pointer })))
      return;
    if (value.length === 0 || new Set(value).size !== value.length)
      this.#problems.add(place.pointer, "enum needs values, each once.", "List each value once.");
  }

  number(value: Json, { pointer }: SchemaPosition): void {
    if (typeof value !== "number") this.#problems.add(pointer, "This must be a number.", "Send a number.");
  }

  step(value: Json, { pointer }: SchemaPosition): void {
    if (typeof value !== "number" || value <= 0)
      this.#problems.add(pointer, "This must be a number over 0.", "Send such a number.");
  }

  count(value: Json, { pointer }: SchemaPosition): void {
    if (!(typeof value === "number" && Number.isInteger(value) && value >= 0))
      this.#problems.add(pointer, "This must be a whole number from 0.", "Send such a number.");
  }

  format(value: Json, { pointer }: SchemaPosition): void {
    this.#problems.oneOf(value, pointer, formatNames);
  }

  required(value: Json, place: SchemaPosition): void {
    const names = new Set<Json>();
    this.#problems.list(value, { pointer: place.pointer, limit: 500 }, (name, pointer) => {
      if (typeof name !== "string" || names.has(name))
        this.#problems.add(pointer, "Each must be the name of a member, once.", "Name each member once.");
      else if (place.outermost) this.#reserved(name, pointer);
      names.add(name);
    });
  }

  properties(value: Json, place: SchemaPosition): void {
    if (!this.#problems.object(value, place.pointer)) return;
    for (const [name, part] of Object.entries(value)) {
      const pointer = pointerTo(place.pointer, name);
      if (place.outermost) this.#reserved(name, pointer);
      this.schema(part, { pointer, depth: place.depth + 1, outermost: false });
    }
  }

  /** Checks `items` or `additionalProperties`: a schema or a boolean. */
  inside(value: Json, place: SchemaPosition): void {
    if (typeof value !== "boolean")
      this.schema(value, { ...place, depth: place.depth + 1, outermost: false });
  }

  /** Checks alternatives for the same value. */
  forms(value: Json, place: SchemaPosition): void {
    const limit = { pointer: place.pointer, limit: schemaLimits.forms };
    const all = this.#problems.list(value, limit, (form, pointer) => this.form(form, { ...place, pointer }));
    if (all && value.length === 0) this.#problems.add(place.pointer, "This needs a schema.", "Leave it out.");
  }

  form(value: Json, place: SchemaPosition): void {
    this.#forms++;
    if (this.#forms === schemaLimits.forms + 1)
      this.#problems.add(
        place.pointer,
        `A schema may have ${schemaLimits.forms} forms in total, in all its anyOf, oneOf, allOf and not.`,
        "Describe the data with fewer.",
      );
    if (this.#forms <= schemaLimits.forms) this.schema(value, { ...place, depth: place.depth + 1 });
  }

  #reserved(name: string, pointer: string): void {
    if (reservedDataMembers.includes(name))
      this.#problems.add(
        pointer,
        `${name} can't be a member of data: downloads put the event's own ${name} beside it.`,
        "Choose another name.",
      );
  }
}

type KeywordCheck = (check: SchemaCheck, value: Json, place: SchemaPosition) => void;

const text: KeywordCheck = (check, value, place) => check.text(value, place);
const number: KeywordCheck = (check, value, place) => check.number(value, place);
const count: KeywordCheck = (check, value, place) => check.count(value, place);
const forms: KeywordCheck = (check, value, place) => check.forms(value, place);
const inside: KeywordCheck = (check, value, place) => check.inside(value, place);
const anything: KeywordCheck = () => {};

const keywords: Readonly<Record<string, KeywordCheck>> = {
  $schema: (check, value, place) => check.dialect(value, place),
  title: text,
  description: text,
  default: anything,
  examples: anything,
  type: (check, value, place) => check.type(value, place),
  enum: (check, value, place) => check.values(value, place),
  const: (check, value, place) => check.scalar(value, place),
  minimum: number,
  maximum: number,
  exclusiveMinimum: number,
  exclusiveMaximum: number,
  multipleOf: (check, value, place) => check.step(value, place),
  minLength: count,
  maxLength: count,
  format: (check, value, place) => check.format(value, place),
  required: (check, value, place) => check.required(value, place),
  properties: (check, value, place) => check.properties(value, place),
  additionalProperties: inside,
  minProperties: count,
  maxProperties: count,
  items: inside,
  minItems: count,
  maxItems: count,
  anyOf: forms,
  oneOf: forms,
  allOf: forms,
  not: (check, value, place) => check.form(value, place),
};

/** The keywords that a schema can have. */
export const schemaKeywords: readonly string[] = Object.keys(keywords);

/** The schema of the member that a pointer into `data` names; undefined unless each step is a declared member of an object. */
export function declaredMember(schema: Json | undefined, names: readonly string[]): JsonObject | undefined {
  let here = schema;
  for (const name of names) {
    if (!isPlainObject(here) || here.type !== "object" || !isPlainObject(here.properties)) return undefined;
    here = Object.hasOwn(here.properties, name) ? here.properties[name] : undefined;
  }
  return isPlainObject(here) ? here : undefined;
}
