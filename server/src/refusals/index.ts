/** What other rooms may use of `refusals`. */
export { openRefusals, type Refusals, type Refused } from "./refusals.ts";
