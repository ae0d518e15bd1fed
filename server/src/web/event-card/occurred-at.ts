/** When an event occurred, as a number. */
import { parseTime, type RecordedEvent } from "daybook/internal";

/** When it occurred, in microseconds. */
export const occurredAtOf = ({ occurredAt }: Pick<RecordedEvent, "occurredAt">): bigint =>
  parseTime(occurredAt) ?? 0n;
