/** The names and `data` of custom event types, for TypeScript. Types only. */

/**
 * Declare your custom event types here, by name, with the type of their `data` (`undefined` if a type has none). Editors then complete
 * their names, and TypeScript checks their `data`, as for the types of the catalogue:
 *
 *     declare module "daybook" {
 *       interface CustomEventTypes {
 *         "invoice.paid": { invoice: string; amount: number };
 *       }
 *     }
 *
 * `data` is JSON: a Date can be recorded and reads back as its text, and types that JSON doesn't have, such as bigint, are errors. Once one
 * type is declared, TypeScript allows a comparison of `event.type` with declared types only: declare each that you compare with, with
 * `unknown` if its `data` can be anything.
 */
// biome-ignore lint/suspicious/noEmptyInterface: applications add its members by declaration merging
export interface CustomEventTypes {}
