/** The public names of `secrets`, for other folders. */
export { credentialOf } from "./credential.ts";
export { isLive } from "./lifetime.ts";
export type { Sealer } from "./sealing.ts";
export {
  findSigningKey,
  hadSigningKey,
  hasOperatorToken,
  newOperatorToken,
  notePublicKey,
  operatorPrefix,
  operatorTokenIn,
  placeOperatorToken,
  removeSigningKey,
  type SigningKey,
  signingKeyIn,
  stagedOperatorTokens,
  stageOperatorToken,
} from "./secrets.ts";
export { addSecretsKey, openSecretsKeys, type SecretsKeys } from "./secrets-key.ts";
export { keepSetUpLink, removeSetUpLink } from "./set-up-link.ts";
export { isWellFormedToken, newToken } from "./token.ts";
