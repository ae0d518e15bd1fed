/** What other rooms may use of `demo`. */
export { loadDemo } from "./load.ts";
export type { Reach } from "./words.ts";
