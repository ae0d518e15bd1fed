/** What other rooms may use of `prove`. */
export { type Finding, fsck } from "./fsck.ts";
