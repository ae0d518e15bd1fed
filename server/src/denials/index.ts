/** What other rooms may use of `denials`. */
export { type Denials, openDenials, type Refused } from "./denials.ts";
