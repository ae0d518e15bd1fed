/** What a caller sees of an organization: the row scope, the members of an event, the events about which target. */
import type { SlotName } from "daybook/internal";
import type { Organization } from "../store/contract/organizations.ts";
import type { Filter, WalkedSlot } from "../store/contract/pages.ts";
import type { RowScope } from "../store/contract/row-scope.ts";

/** The part of an event with its slots. */
interface Slotted<S> {
  readonly slots: Partial<Record<SlotName, S>>;
}

export interface OrganizationView {
  /** The row scope: from the caller's credentials, never from the request. */
  readonly rowScope: RowScope;
  /** Whether the caller sees `context`. */
  readonly context: boolean;
  /** `type:id` of the only target whose events are visible; undefined for all. */
  readonly onlyTarget: string | undefined;
}

/** An organization as one caller sees it. */
export interface SearchableOrganization extends Organization {
  readonly view: OrganizationView;
  /** Whether name and closing may be out of date: a page reads them again with its events. */
  readonly isKept?: boolean;
}

/** The filter limited to what is visible; undefined if nothing of it is. */
export function visibleFilter(filter: Filter, { onlyTarget }: OrganizationView): Filter | undefined {
  if (onlyTarget === undefined) return filter;
  if (filter.targets?.length && !filter.targets.includes(onlyTarget)) return undefined;
  return { ...filter, targets: [onlyTarget] };
}

interface VisibleTarget {
  readonly type: string;
  readonly id: string;
}

/** The event without invisible slots: neither their values nor whether they were erased. */
export function visiblePart<E extends Slotted<unknown>>(event: E, view: OrganizationView): E {
  if (view.context || event.slots.context === undefined) return event;
  const { context: _unseen, ...slots } = event.slots;
  return { ...event, slots };
}

/** Whether an event is visible. If its targets were erased, it is unknown what it was about, so it is not visible. */
export function isVisible({ slots }: Slotted<WalkedSlot>, { onlyTarget }: OrganizationView): boolean {
  if (onlyTarget === undefined) return true;
  const { targets } = slots;
  if (targets === undefined || "digest" in targets) return false;
  return (JSON.parse(targets.json) as VisibleTarget[]).some(({ type, id }) => `${type}:${id}` === onlyTarget);
}
