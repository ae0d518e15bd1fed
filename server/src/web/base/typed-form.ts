/** The fields of a form, each declared once: how to read them, keep them for the next page, pass them to the service, and place errors. */
import type { FastifyRequest } from "fastify";
import type { TypedDate } from "../kit/components/date-input/date-input.tsx";
import { RefusedForm } from "./attempt.ts";
import { readForm } from "./forms.ts";
import { dayOf, wrongParts } from "./typed-date.ts";

/** One field: its typed value, and the service's value. */
interface Field<Typed, Wanted, Props> {
  readonly nothing: Typed;
  /** Its inputs: the ends of their names. */
  readonly inputs: readonly string[];
  /** Whether its input can be repeated. */
  readonly isMany: boolean;
  /** From the values of each input. */
  typed(values: readonly (readonly string[])[]): Typed;
  values(typed: Typed): readonly (readonly string[])[];
  wanted(typed: Typed): Wanted;
  /** The properties of its component that hold the typed value; undefined: nothing was typed yet. */
  props(typed: Typed | undefined): Props;
  /** The end of the name of the input that an error leads to. */
  wrongInput(typed: Typed): string;
}

/** The property of most inputs. */
interface TypedValueProps {
  readonly value: string | undefined;
}

export const text = (): Field<string, string, TypedValueProps> => ({
  nothing: "",
  inputs: [""],
  isMany: false,
  typed: ([[value = ""] = []]) => value,
  values: (typed) => [[typed]],
  wanted: (typed) => typed,
  props: (value) => ({ value }),
  wrongInput: () => "",
});

/** A password or a code: text that no page shows again. */
export const secret = (): Field<string, string, object> => ({ ...text(), props: () => ({}) });

/** A date in three inputs; the service gets `YYYY-MM-DD`, or the typed text if it isn't a date. */
export const date = (): Field<
  TypedDate,
  string,
  { readonly value: TypedDate; readonly wrong: readonly (keyof TypedDate)[] }
> => ({
  nothing: noDate,
  inputs: ["-day", "-month", "-year"],
  isMany: false,
  typed: ([[day = ""] = [], [month = ""] = [], [year = ""] = []]) => ({ day, month, year }),
  values: ({ day, month, year }) => [[day], [month], [year]],
  wanted: dayOf,
  props: (value = noDate) => ({ value, wrong: wrongParts(value) }),
  wrongInput: (typed) => `-${wrongParts(typed)[0]}`,
});

const noDate: TypedDate = { day: "", month: "", year: "" };

/** Any number of choices. */
export const many = (): Field<
  readonly string[],
  readonly string[],
  { readonly values: readonly string[] }
> => ({
  nothing: [],
  inputs: [""],
  isMany: true,
  typed: ([values = []]) => values,
  values: (typed) => [typed],
  wanted: (typed) => typed,
  props: (values = []) => ({ values }),
  wrongInput: () => "",
});

export type TextField = ReturnType<typeof text>;
export type SecretField = ReturnType<typeof secret>;

type AnyField = Field<unknown, unknown, unknown>;
type FieldsOf = Readonly<Record<string, AnyField>>;
/** The typed values of a form. */
export type TypedIn<F extends FieldsOf> = { readonly [Name in keyof F]: F[Name]["nothing"] };
type WantedOf<F extends FieldsOf> = { readonly [Name in keyof F]: ReturnType<F[Name]["wanted"]> };
/** The properties of a field's component that come from the form. */
type InputOf<F extends FieldsOf, Name extends keyof F> = {
  readonly name: string;
  readonly error: string | undefined;
} & ReturnType<F[Name]["props"]>;

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
  /** The name, the value and the error of each field, for its component. */
  inputs(
    typed: TypedIn<F> | undefined,
    refused: RefusedForm | undefined,
  ): <Name extends keyof F & string>(name: Name) => InputOf<F, Name>;
  /** A refusal whose links lead to the first wrong input of a field that has several. */
  linked(refused: RefusedForm | undefined, typed: TypedIn<F>): RefusedForm | undefined;
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
    inputs: (typed, refused) => (name) =>
      ({ name, error: refused?.of(name), ...(fields[name]?.props(typed?.[name]) as object) }) as InputOf<
        F,
        typeof name
      >,
    linked: (refused, typed) =>
      refused &&
      new RefusedForm(
        refused.status,
        refused.errors.map((error) => {
          const { field: name = "" } = error;
          const end = fields[name]?.wrongInput(typed[name]) ?? "";
          return end === "" ? error : { ...error, field: name + end };
        }),
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

const noFields = typedForm({});

/** The hidden inputs of a form without fields, such as one that asks for confirmation. Throws like `readForm`. */
export const readHidden = <Also extends string = never>(
  request: FastifyRequest,
  also: readonly Also[] = [],
): Readonly<Record<Also, string>> => noFields.read(request, also).also;
