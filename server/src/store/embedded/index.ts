/** The public names of `store/embedded`, for other folders. */
export { startEmbedded } from "./supervisor.ts";
