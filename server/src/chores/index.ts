/** What other rooms may use of `chores`. */
export { type Chore, every } from "./every.ts";
