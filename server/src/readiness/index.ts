/** The public names of `readiness`, for other folders. */
export { openReadiness, type Readiness } from "./readiness.ts";
