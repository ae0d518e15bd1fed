/** What other rooms may use of `web`. */
export { openPages } from "./pages.ts";
