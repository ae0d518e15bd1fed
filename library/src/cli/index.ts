/** What other rooms and packages may use of `cli`: the command line as a function. */
export { main } from "./main.ts";
