/** The event types of your own, as TypeScript knows them. Types only. */

/**
 * Declare your custom event types here, by name, with the type of their `data` (`undefined` where a type takes none). Their names then
 * complete, and their `data` is checked, like those of the catalogue:
 *
 *     declare module "daybook" {
 *       interface CustomEventTypes {
 *         "invoice.paid": { invoice: string; amount: number };
 *       }
 *     }
 */
// biome-ignore lint/suspicious/noEmptyInterface: applications add its members by declaration merging
export interface CustomEventTypes {}
