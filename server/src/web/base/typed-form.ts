/** The fields of a form, each declared once: how to read them, keep them for the next page, pass them to the service, and place errors. */
import type { FastifyRequest } from "fastify";
import type { TypedDate } from "../kit/components/date-input/date-input.tsx";
import { readForm } from "./forms.ts";
import { dayOf } from "./typed-date.ts";

/** One field: its typed value, and the service's value. */
interface Field<Typed, Wanted> {
  readonly nothing: Typed;
  /** Its inputs: the ends of their names. */
  readonly inputs: readonly string[];
  /** Whether its input can be repeated. */
  readonly isMany: boolean;
  /** From the values of each input. */
  typed(values: readonly (readonly string[])[]): Typed;
  values(typed: Typed): readonly (readonly string[])[];
  wanted(typed: Typed): Wanted;
}

export const text = (): Field<string, string> => ({
  nothing: "",
  inputs: [""],
  isMany: false,
  typed: ([[value = ""] = []]) => value,
  values: (typed) => [[typed]],
  wanted: (typed) => typed,
});

/** A date in three inputs; the service gets `YYYY-MM-DD`, or the typed text if it isn't a date. */
export const date = (): Field<TypedDate, string> => ({
  nothing: { day: "", month: "", year: "" },
  inputs: ["-day", "-month", "-year"],
  isMany: false,
  typed: ([[day = ""] = [], [month = ""] = [], [year = ""] = []]) => ({ day, month, year }),
  values: ({ day, month, year }) => [[day], [month], [year]],
  wanted: dayOf,
});

/** Any number of choices. */
export const many = (): Field<readonly string[], readonly string[]> => ({
  nothing: [],
  inputs: [""],
  isMany: true,
  typed: ([values = []]) => values,
  values: (typed) => [typed],
  wanted: (typed) => typed,
});

type AnyField = Field<unknown, unknown>;
type FieldsOf = Readonly<Record<string, AnyField>>;
/** The typed values of a form. */
export type TypedIn<F extends FieldsOf> = { readonly [Name in keyof F]: F[Name]["nothing"] };
type WantedOf<F extends FieldsOf> = { readonly [Name in keyof F]: ReturnType<F[Name]["wanted"]> };

export interface TypedForm<F extends FieldsOf> {
  /** An empty form. */
  readonly nothing: TypedIn<F>;
  /** The sent values, with inputs that aren't fields, such as the button. Throws like `readForm`. */
  read<Also extends string = never>(
    request: FastifyRequest,
    also?: readonly Also[],
  ): { readonly typed: TypedIn<F>; readonly also: Readonly<Record<Also, string>> };
  /** The same as hidden inputs, so that nothing is stored between one page and the next. */
  pairs(typed: TypedIn<F>): [string, string][];
  /** The values for the service. */
  wanted(typed: TypedIn<F>): WantedOf<F>;
  /** The field of each JSON Pointer that isn't the field's own name: an error of one choice appears at its field. */
  pointers(typed: TypedIn<F>): Readonly<Record<string, string>>;
}

/** The form with these fields. */
export function typedForm<const F extends FieldsOf>(fields: F): TypedForm<F> {
  const all = Object.entries(fields);
  const each = <T>(of: (name: string, field: AnyField) => T): { readonly [Name in keyof F]: T } =>
    Object.fromEntries(all.map(([name, field]) => [name, of(name, field)])) as {
      readonly [Name in keyof F]: T;
    };
  const inputs = all.flatMap(([name, { inputs, isMany }]) =>
    inputs.map((end) => [name + end, isMany ? "many" : "one"] as const),
  );
  return {
    nothing: each((_, { nothing }) => nothing) as TypedIn<F>,
    read: (request, also = []) => {
      const sent = readForm(
        request,
        Object.fromEntries([...inputs, ...also.map((name) => [name, "one"] as const)]),
      );
      const typed = each((name, field) =>
        field.typed(field.inputs.map((end) => [sent[name + end] ?? []].flat())),
      );
      return {
        typed: typed as TypedIn<F>,
        also: Object.fromEntries(also.map((name) => [name, String(sent[name] ?? "")])) as Record<
          (typeof also)[number],
          string
        >,
      };
    },
    pairs: (typed) =>
      all.flatMap(([name, field]) =>
        field
          .values(typed[name])
          .flatMap((values, at) => values.map((value): [string, string] => [name + field.inputs[at], value])),
      ),
    wanted: (typed) => each((name, field) => field.wanted(typed[name])) as WantedOf<F>,
    pointers: (typed) =>
      Object.fromEntries(
        all.flatMap(([name, { isMany }]) =>
          isMany ? (typed[name] as readonly string[]).map((_, at) => [`/${name}/${at}`, name]) : [],
        ),
      ),
  };
}
