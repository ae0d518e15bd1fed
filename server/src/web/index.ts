/** What other folders may use of `web`. */
export { openPages } from "./app/pages.ts";
