/**
 * What a caller sees of an organization: whose rows, which members of an event, events about what. It refuses to know who the caller
 * is, and why they see no more.
 */
import type { SlotName } from "daybook/internal";
import type { KeptSlot } from "../store/contract/events.ts";
import type { Organization } from "../store/contract/organizations.ts";
import type { Filter } from "../store/contract/pages.ts";
import type { RowScope } from "../store/contract/row-scope.ts";

/** An event, in so far as it is asked for its slots. */
interface Slotted<S> {
  readonly slots: Partial<Record<SlotName, S>>;
}

export interface OrganizationView {
  /** Whose rows the database lets through: from the caller's credentials, never from what they ask for. */
  readonly rowScope: RowScope;
  /** Whether `context` is read too. */
  readonly context: boolean;
  /** `type:id` of the only target whose events are seen; undefined: all. */
  readonly onlyTarget: string | undefined;
}

/** An organization as one caller sees it. */
export interface SearchableOrganization extends Organization {
  readonly view: OrganizationView;
}

/** The filter within what is seen; undefined if nothing of what it asks for is. */
export function visibleFilter(filter: Filter, { onlyTarget }: OrganizationView): Filter | undefined {
  if (onlyTarget === undefined) return filter;
  if (filter.targets?.length && !filter.targets.includes(onlyTarget)) return undefined;
  return { ...filter, targets: [onlyTarget] };
}

interface VisibleTarget {
  readonly type: string;
  readonly id: string;
}

/** The event without what isn't seen of it: neither the value of that slot nor that it was erased. */
export function visiblePart<E extends Slotted<unknown>>(event: E, view: OrganizationView): E {
  if (view.context || event.slots.context === undefined) return event;
  const { context: _unseen, ...slots } = event.slots;
  return { ...event, slots };
}

/** Whether an event is seen. Of one whose targets were erased nobody can say what it was about. */
export function isVisible({ slots }: Slotted<KeptSlot>, { onlyTarget }: OrganizationView): boolean {
  if (onlyTarget === undefined) return true;
  const { targets } = slots;
  if (targets === undefined || "digest" in targets) return false;
  return (JSON.parse(targets.json) as VisibleTarget[]).some(({ type, id }) => `${type}:${id}` === onlyTarget);
}
