/** What other folders may use of `followers`. */
export type { Follower } from "./follower.ts";
export { type Followers, openFollowers } from "./followers.ts";
