/** The public names of `operator-token`, for other folders. */
export { type OperatorToken, openOperatorToken } from "./operator-token.ts";
export {
  hashOf,
  recordToken,
  replaceOperatorToken,
  setToken,
  settleFile,
} from "./replace.ts";
