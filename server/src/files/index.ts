/** The public names of `files`, for other folders. */
export { syncFolder } from "./durable.ts";
export { inPackage } from "./package.ts";
export { fileTrouble } from "./trouble.ts";
