/**
 * What each event type of the catalogue does to Daybook's own rows. A type without an entry does not compile, so a new one says here what it
 * changes, or that it changes nothing.
 */
import type { EventTypeName } from "daybook/catalogue";
import { accountFolds } from "./accounts.ts";
import { apiClientFolds, resetStages } from "./api-clients.ts";
import { deploymentFolds, resetOperatorTokenSince } from "./deployment.ts";
import { organizationFolds } from "./organizations.ts";
import type { Folds, OwnEvent } from "./own-event.ts";
import { isReserved } from "./own-event.ts";
import { peopleFolds } from "./people.ts";
import { savedViewFolds } from "./saved-views.ts";
import type { FoldedRows } from "./state.ts";

/** Types of events that change no row of Daybook. */
const nothing = <const Name extends EventTypeName>(...names: readonly Name[]): Folds<Name> =>
  Object.fromEntries(names.map((name) => [name, {}])) as Folds<Name>;

const folds: Folds<EventTypeName> = {
  ...accountFolds,
  ...apiClientFolds,
  ...deploymentFolds,
  ...organizationFolds,
  ...peopleFolds,
  ...savedViewFolds,
  // what the server observes
  ...nothing("API_CLIENT_REFUSED", "SIGN_IN_REFUSED", "AUDIT_LOG_DOWNLOADED", "AUDIT_LOG_DOWNLOAD_REFUSED"),
  // takes back what a clock that ran ahead did
  LOG_CLOCK_CORRECTED: { organization: resetStages, deployment: resetOperatorTokenSince },
  // about the log itself
  ...nothing("LOG_KEY_ADDED"),
  // what only producers record
  ...nothing("NEW_API", "API_RENAME", "API_SAVED", "API_LIFECYCLE", "API_TRANSFER", "FORK_API", "REMOVE_API"),
  ...nothing("NEW_API_VERSION", "REMOVE_API_VERSION", "NEW_DRAFT_API", "REMOVE_DRAFT_API"),
  ...nothing("NEW_DOMAIN", "RENAME_DOMAIN", "DOMAIN_SAVED", "DOMAIN_LIFECYCLE", "DOMAIN_TRANSFER"),
  ...nothing("FORK_DOMAIN", "REMOVE_DOMAIN", "NEW_DOMAIN_VERSION", "REMOVE_DOMAIN_VERSION"),
  ...nothing("NEW_DRAFT_DOMAIN", "REMOVE_DRAFT_DOMAIN", "BILLING_CHANGE", "PRODUCT_PLAN_CHANGE"),
  ...nothing("PRODUCT_PLAN_CANCELLATION_SCHEDULED", "SUBSCRIPTION_ASSIGNED", "SUBSCRIPTION_REMOVED"),
};

/** Whether the type changes rows of Daybook: only such an event can be its own. */
export const isFolded = (type: string): type is EventTypeName =>
  type in folds && Object.keys(folds[type as EventTypeName]).length > 0;

/**
 * Changes the rows as an event of Daybook's own says.
 * @throws NoSuchRow if the event changes a row that no earlier event made
 */
export function foldEvent<Name extends EventTypeName>(
  rows: FoldedRows,
  event: OwnEvent<Name> & { readonly type: string },
): void {
  const { deployment, organization } = folds[event.type as Name];
  if (isReserved(event)) deployment?.(rows, event);
  organization?.(rows, event);
}
