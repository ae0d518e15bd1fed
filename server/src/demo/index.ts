/** What other rooms may use of `demo`. */
export { loadDemo } from "./load.ts";
