/** The shapes of saved views and of their changes. Types only. */
import type { SavedSearch } from "daybook/internal";
import type { ChangingVersion, OrganizationChange } from "../people/index.ts";
import type { SearchableOrganization } from "../search/index.ts";
import type { SavedView as ViewRow } from "../store/contract/saved-views.ts";
import type { UserName } from "../store/contract/users.ts";

/** A view of a list. */
export interface ListedView extends Omit<ViewRow, "search" | "userId" | "organizationId"> {
  readonly forEveryone: boolean;
  readonly search: SavedSearch;
}

/** Whose views: a person's own and the shared ones, or only the shared ones. */
export type ViewPerson = Pick<UserName, "userId" | "id"> | undefined;

export interface ByPerson extends Omit<OrganizationChange, "organization"> {
  /** With what its reader may ask there. */
  readonly organization: Pick<SearchableOrganization, "organizationId" | "view">;
  readonly person: ViewPerson;
}

/** A change of one view. */
export interface ChangingView extends ByPerson, Pick<ChangingVersion, "ifVersion"> {
  readonly viewId: string;
  /** Whether they may change shared views. */
  readonly mayShare: boolean;
}

/** A view to save, as sent. */
export interface WantedView extends ByPerson {
  readonly name: unknown;
  readonly search: SavedSearch;
  readonly forEveryone: boolean;
}
