/** The public names of `integrity`, for other folders. */
export type { Finding } from "./finding.ts";
export {
  FoldedRows,
  foldEvent,
  isFolded,
  keyOf,
  type OwnEvent,
  settleOperatorTokens,
} from "./folds/index.ts";
export { beyondFsck, fsck } from "./fsck.ts";
export { checkIndex } from "./index-check.ts";
export { type FsckPosition, readPosition, theStart } from "./position.ts";
export { finishCheck, type IntegrityChecks, openIntegrityChecks } from "./scheduled.ts";
