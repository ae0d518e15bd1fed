/** What other rooms may use of `denials`. */
export { type Denials, type DeniedRequest, openDenials } from "./denials.ts";
