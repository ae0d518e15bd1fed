/** The gate before the connections of a lane: their pool never has to make anyone wait, so its time limit is that of connecting. */
import { Gate } from "../../../fairness/index.ts";
import { StoreError } from "../../contract/errors.ts";

/** How many can wait; organizations share it. */
const mostWaiting = 1_000;
/** How long each can wait, in milliseconds: short enough for its request to be answered in time. */
const waitMs = 8_000;

const refusal = (why: "full" | "late"): StoreError =>
  new StoreError(
    "overloaded",
    why === "full" ? "too many wait for a connection" : `no connection became free within ${waitMs} ms`,
    { reason: "slow" },
  );

/** `leavesOne`: one organization leaves a connection to others. */
export const openGate = (connections: number, leavesOne: boolean): Gate =>
  new Gate({ places: connections, leavesOne, mostWaiting, waitMs, refusal });
