/** The public names of `config`, for other folders. */
export { type Config, type FollowsConfig, type LimitsConfig, readConfig } from "./config.ts";
export { describeConfig } from "./page.ts";
export type { ConfigFlags } from "./table.ts";
