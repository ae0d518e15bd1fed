/** The fields of a form, each declared once: how they are read, kept on the next page, given to the service, and where errors stand. */
import type { FastifyRequest } from "fastify";
import type { TypedDate } from "../kit/components/date-input/date-input.tsx";
import { readForm } from "./forms.ts";
import { dayOf } from "./typed-date.ts";

/** One field: what is typed in it, and what the service takes. */
interface Field<Typed, Wanted> {
  readonly nothing: Typed;
  /** The inputs that it has: the ends of their names. */
  readonly inputs: readonly string[];
  /** Whether its input may come any number of times. */
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

/** A date in three inputs; the service takes `YYYY-MM-DD`, or what was typed where it is no date. */
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
/** What is typed in a form. */
export type TypedIn<F extends FieldsOf> = { readonly [Name in keyof F]: F[Name]["nothing"] };
type WantedOf<F extends FieldsOf> = { readonly [Name in keyof F]: ReturnType<F[Name]["wanted"]> };

export interface TypedForm<F extends FieldsOf> {
  /** Nothing is typed yet. */
  readonly nothing: TypedIn<F>;
  /** What was sent, with inputs that are no fields, such as the button. Throws like `readForm`. */
  read<Also extends string = never>(
    request: FastifyRequest,
    also?: readonly Also[],
  ): { readonly typed: TypedIn<F>; readonly also: Readonly<Record<Also, string>> };
  /** The same as hidden inputs, so that nothing is kept anywhere between one page and the next. */
  pairs(typed: TypedIn<F>): [string, string][];
  /** As the service takes it. */
  wanted(typed: TypedIn<F>): WantedOf<F>;
  /** The field of each JSON Pointer that isn't the field's own name: one of many choices is shown at their field. */
  pointers(typed: TypedIn<F>): Readonly<Record<string, string>>;
}

/** The form that has these fields. */
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
