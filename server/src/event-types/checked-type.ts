/**
 * One version of an event type with the checker of its `data`. The checker is compiled at its first use; a second, slower one, which finds
 * all faults, is compiled when something is wrong.
 */
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { EventType } from "daybook/catalogue";
import type { Issue, JsonObject } from "daybook/internal";
import type { KnownType } from "../log/index.ts";
import { issuesOf } from "./data-issues.ts";
import { knownFormats } from "./formats.ts";
import { addLengths } from "./lengths.ts";

const settings = {
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  allowUnionTypes: true,
  validateSchema: false,
  addUsedSchema: false,
  validateFormats: true,
  logger: false,
  formats: knownFormats,
} as const;

/** Stops at the first fault: for recording. */
let quick: Ajv2020 | undefined;
/** Finds all faults, and keeps the schema with each. */
let thorough: Ajv2020 | undefined;

/** Throws Ajv's error for a schema that can't be compiled. The compiler keeps no reference to the schema. */
function compile(schema: JsonObject, all: boolean): ValidateFunction {
  quick ??= addLengths(new Ajv2020(settings));
  thorough ??= addLengths(new Ajv2020({ ...settings, allErrors: true, verbose: true }));
  const ajv = all ? thorough : quick;
  try {
    return ajv.compile(schema);
  } finally {
    ajv.removeSchema(schema);
  }
}

const nothing: readonly Issue[] = Object.freeze([]);
const empty: JsonObject = Object.freeze(Object.create(null) as JsonObject);

/** A type for checking events. Checking a valid event allocates nothing. */
export class CheckedType implements KnownType {
  readonly type: EventType;
  readonly #schema: JsonObject | null;
  #quick: ValidateFunction | undefined;
  #thorough: ValidateFunction | undefined;

  constructor(type: EventType) {
    this.type = type;
    this.#schema = type.data === null ? null : type.data;
  }

  check(data: JsonObject | undefined, pointer: string): readonly Issue[] {
    if (this.#schema === null) return data === undefined ? nothing : this.#takesNone(pointer);
    this.#quick ??= compile(this.#schema, false);
    if (this.#quick(data ?? empty)) return nothing;
    if (data === undefined) return this.#isMissing(pointer);
    this.#thorough ??= compile(this.#schema, true);
    this.#thorough(data);
    return issuesOf(this.#thorough.errors ?? [], pointer);
  }

  #takesNone(pointer: string): readonly Issue[] {
    const remedy = "Leave data out; what changed goes into changes, or before and after.";
    return [{ pointer, detail: `Events of the type ${this.type.name} have no data.`, remedy }];
  }

  #isMissing(pointer: string): readonly Issue[] {
    const required = (this.#schema?.required ?? []) as string[];
    const remedy = `Add data${required.length > 0 ? ` with ${required.join(", ")}` : ""}.`;
    return [{ pointer, detail: `An event of the type ${this.type.name} needs data.`, remedy }];
  }
}
