/** The public names of `denials`, for other folders. */
export { type Denials, type DeniedRequest, openDenials } from "./denials.ts";
