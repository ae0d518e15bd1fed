/** What other rooms and packages may use of `error`. */
export { type Code, type CodeRow, codes } from "./codes.ts";
export { DaybookError, type Issue, type Problem, refuse } from "./daybook-error.ts";
