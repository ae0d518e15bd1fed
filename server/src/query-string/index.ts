/** What other folders may use of `query-string`. */
export {
  oneOf,
  type Query,
  type QueryParameters,
  readParameters,
  refuseParameter,
  single,
  time,
  wholeNumber,
} from "./query-string.ts";
