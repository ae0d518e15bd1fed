/** The public names of `web`, for other folders. */
export { openPages } from "./app/pages.ts";
