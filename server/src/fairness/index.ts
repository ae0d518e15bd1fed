/** The public names of `fairness`, for other folders. */
export { coalesced } from "./coalesce.ts";
export { FairQueue } from "./fair-queue.ts";
export { FairRoom } from "./fair-room.ts";
export { Gate, type GateLimits } from "./gate.ts";
export { Overloaded, overloads } from "./overloaded.ts";
export { TimedQueue } from "./timed-queue.ts";
export { type Slices, Turns } from "./turns.ts";
