/** The public names of `query-string`, for other folders. */
export { dayStart, isAge, nextDay, readMoment } from "./moments.ts";
export {
  oneOf,
  type Query,
  type QueryIssue,
  type QueryParameters,
  readParameters,
  readSingle,
  readTime,
  readZone,
  refusalOf,
  refuseFirst,
  refuseParameter,
  single,
  wholeNumber,
} from "./query-string.ts";
