/** All examples of components: those of the kit, and those of features. */
import { activityFilters } from "../activity/filter/examples.tsx";
import { eventCards } from "../event-card/examples.tsx";
import type { Examples } from "../kit/components/example.ts";
import { examples as kit } from "../kit/components/examples.ts";

export const examples: readonly Examples[] = [activityFilters, ...kit, eventCards].sort((a, b) =>
  a.component < b.component ? -1 : 1,
);
