/** The public names of `ledger`, for other folders and packages. */
export { fromBase64, fromBase64url, toBase64, toBase64url } from "./base64.ts";
export { equalBytes, toHex } from "./bytes.ts";
export {
  type Checkpoint,
  checkpointText,
  type OpenedCheckpoint,
  openCheckpoint,
  signCheckpoint,
} from "./checkpoint.ts";
export { type Hash, type KeyPair, keyPairOf, newKeyPair, sha256 } from "./crypto.ts";
export { type LeafFields, leafData, leafHash } from "./leaf.ts";
export { type OpenedNote, openNote, type SigningKey, signNote } from "./note.ts";
export {
  formatLogId,
  formatOrigin,
  formatPosition,
  isLogId,
  isLogName,
  isPositionOf,
  type LogEntry,
  newLogName,
  newLogOrigin,
  type Origin,
  type Position,
  parseOrigin,
  parsePosition,
} from "./origin.ts";
export {
  type ConsistencyClaim,
  consistencyProof,
  type Hashes,
  type InclusionClaim,
  inclusionProof,
  rootAt,
  type TreeHead,
  verifyConsistency,
  verifyInclusion,
} from "./proofs.ts";
export {
  type Disclosed,
  disclosure,
  disclosureDigest,
  isSlotName,
  newSalt,
  readDisclosure,
  saltBytes,
  slotDigest,
} from "./slots.ts";
export {
  type HashSource,
  leafHashSource,
  type TilePlace,
  type TileReader,
  tileRoot,
  tileSource,
  tileWidth,
} from "./tiles.ts";
export { append, emptyFrontier, emptyRoot, type Frontier, hashLeaf, hashNode, rootOf } from "./tree.ts";
export { isKeyName, parseVkey, type VerifierKey, verifierKey, vkey } from "./vkey.ts";
