/** The public names of `integrity`, for other folders. */
export type { Finding } from "./finding.ts";
export { fsck } from "./fsck.ts";
