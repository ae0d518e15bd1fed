/** Who does an operation, as its events must say. Shapes only. */
import type { Actor, RecordedBy } from "daybook/internal";

export interface ExpectedParties {
  readonly actor: Partial<Actor>;
  readonly recordedBy: Partial<RecordedBy>;
}
