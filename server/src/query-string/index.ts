/** What other folders may use of `query-string`. */
export {
  oneOf,
  type Parameters,
  type Query,
  readParameters,
  refuseParameter,
  single,
  time,
  wholeNumber,
} from "./query-string.ts";
