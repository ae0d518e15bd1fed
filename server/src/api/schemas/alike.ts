/**
 * Compares a schema with the library's type of the same resource, member by member and in both directions. Types only: a schema that
 * differs doesn't compile, and the message names the members that differ.
 */
import type { Json } from "daybook/internal";
import type { Static, TSchema } from "typebox";

/**
 * A type without the parts that schemas don't express: `readonly`, and whether members come from one type or several. Any JSON stays as it
 * is.
 */
type WithoutReadonly<T> = [Json] extends [T]
  ? T
  : T extends readonly (infer Item)[]
    ? WithoutReadonly<Item>[]
    : T extends object
      ? { -readonly [Name in keyof T]: WithoutReadonly<T[Name]> }
      : T;

/** Whether two types are the same, optional members included. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The members of two objects that are missing in one, optional in one, or of different types. */
type DifferentMembers<A, B> = {
  [Name in keyof A | keyof B]-?: Name extends keyof A & keyof B
    ? Same<Pick<A, Name>, Pick<B, Name>> extends true
      ? never
      : Name
    : Name;
}[keyof A | keyof B];

/** What no schema has: the members in which a schema differs from the library's type. */
interface DiffersFromTheLibraryIn<Members> {
  readonly differs: Members;
}

/** The schema, if it describes exactly the type `T`; else a type error that names the members that differ. */
export type Describes<T, Schema extends TSchema> =
  Same<WithoutReadonly<Static<Schema>>, WithoutReadonly<T>> extends true
    ? unknown
    : [DifferentMembers<WithoutReadonly<Static<Schema>>, WithoutReadonly<T>>] extends [infer Members]
      ? DiffersFromTheLibraryIn<Members>
      : never;
