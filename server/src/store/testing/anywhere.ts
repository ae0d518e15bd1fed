/** Names for tests that write directly to a store or a log, and do not test names: they allow every organization. */
import type { ChangeNames, WriteNames } from "../contract/placement.ts";

class Everything extends Set<number> {
  override has(): boolean {
    return true;
  }
}

/** A change in any organization. */
export const anywhere: ChangeNames = {
  lane: "changes",
  organizations: new Everything([0]),
  spans: "organization-made",
};

/** A group of recordings in any organization. */
export const recordingAnywhere: WriteNames = { lane: "events", organizations: new Everything([0]) };
