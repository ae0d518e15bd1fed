/** The public names of `jobs`, for other folders. */
export { type ScheduledJob, schedule } from "./schedule.ts";
export { openSteadyClock } from "./steady-clock.ts";
export { openTimeliness, type Timeliness } from "./timeliness.ts";
