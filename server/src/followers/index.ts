/** The public names of `followers`, for other folders. */
export type { Follower } from "./follower.ts";
export { type Followers, openFollowers } from "./followers.ts";
