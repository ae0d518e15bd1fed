/** The public names of `error`, for other folders and packages. */
export { type Code, type CodeRow, codes } from "./codes.ts";
export { DaybookError, type Issue, type Problem, refuse } from "./daybook-error.ts";
export { either } from "./either.ts";
