/** What other rooms may use of `chores`. */
export { type ScheduledJob, schedule } from "./schedule.ts";
