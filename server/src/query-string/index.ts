/** The public names of `query-string`, for other folders. */
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
