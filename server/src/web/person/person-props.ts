/** What the parts of a person's page get. Types only. */
import type { VisiblePage } from "../base/visible.ts";
import type { EventsForm } from "../event-card/short-list.tsx";
import type { PersonKnown } from "./known.ts";

export interface PersonPageProps extends EventsForm {
  readonly person: PersonKnown;
  readonly visible: VisiblePage;
  /** Whether it is the reader. */
  readonly isSelf: boolean;
}
