/** What other rooms may use of `operator-token`. */
export { type OperatorToken, openOperatorToken } from "./operator-token.ts";
export {
  hashOf,
  recordToken,
  replaceOperatorToken,
  setToken,
  settleFile,
} from "./replace.ts";
