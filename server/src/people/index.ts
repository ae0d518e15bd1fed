/** What other rooms may use of `people`. */
export { type Asked, type By, openPeople, type People } from "./people.ts";
