/** What other rooms may use of `prove`. */
export { type Finding, type FsckOptions, type FsckStore, fsck, type Progress } from "./fsck.ts";
