/** The public names of `query-string`, for other folders. */
export {
  oneOf,
  type Query,
  type QueryIssue,
  type QueryParameters,
  readParameters,
  readSingle,
  readTime,
  refuseFirst,
  refuseParameter,
  single,
  wholeNumber,
} from "./query-string.ts";
