/** What other rooms may use of `people`. */
export type { Idempotency } from "./once.ts";
export { type Asked, type By, openPeople, type People, type PeopleOptions } from "./people.ts";
