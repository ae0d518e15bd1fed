/** The public names of `readiness`, for other folders. */
export { NotReady, openReadiness, type Readiness } from "./readiness.ts";
