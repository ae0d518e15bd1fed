/** The actor and recorder of an operation, as its events must have them. Shapes only. */
import type { Actor, RecordedBy } from "daybook/internal";

export interface ExpectedParties {
  readonly actor: Partial<Actor>;
  readonly recordedBy: Partial<RecordedBy>;
}
