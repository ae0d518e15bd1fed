/** The public names of `demo`, for other folders. */
export { loadDemo } from "./load.ts";
export type { Reach } from "./words.ts";
