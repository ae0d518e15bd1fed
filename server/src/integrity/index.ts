/** What other rooms may use of `prove`. */
export type { Finding } from "./finding.ts";
export { fsck } from "./fsck.ts";
