/** The public names of `jobs`, for other folders. */
export { type ScheduledJob, schedule } from "./schedule.ts";
