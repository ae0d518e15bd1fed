/** The changes of saved views, each with its event, in one transaction. */
import { type Change, DaybookError, type JsonObject, type SavedSearch, type Target } from "daybook/internal";
import { type ChangeTransaction, once } from "../log/index.ts";
import { isId, openForChange, recordChange, refuseStale } from "../people/index.ts";
import type { SavedView as ViewRow } from "../store/contract/saved-views.ts";
import { changesBetween } from "./changes-between.ts";
import type { ByPerson, ChangingView, ListedView, ViewPerson, WantedView } from "./view-types.ts";

/** The maximum of one person's own views, and of shared ones, in an organization. */
export const mostViews: { readonly own: number; readonly forEveryone: number } = {
  own: 100,
  forEveryone: 200,
};

export const opened = ({ userId, search, organizationId: _, ...row }: ViewRow): ListedView => ({
  ...row,
  forEveryone: userId === null,
  search: JSON.parse(search) as SavedSearch,
});

/** The view, if it is shared or the person's. */
export function found(row: ViewRow | undefined, person: ViewPerson): ViewRow {
  if (row === undefined || (row.userId !== null && row.userId !== person?.userId))
    throw new DaybookError("view-not-found");
  return row;
}

export type NewRow = Omit<ViewRow, "organizationId" | "version" | "createdAt">;

export const saveOnce = (tx: ChangeTransaction, row: NewRow, wanted: WantedView): Promise<ListedView> =>
  once<ListedView>(tx.rows, {
    organizationId: wanted.organization.organizationId,
    idempotency: wanted.idempotency,
    status: 201,
    work: () => save(tx, row, wanted),
    write: ({ createdAt, ...rest }) => JSON.stringify({ ...rest, createdAt: `${createdAt}` }),
    read: (text) => {
      const { createdAt, ...rest } = JSON.parse(text);
      return { ...rest, createdAt: BigInt(createdAt) };
    },
  });

async function save(tx: ChangeTransaction, row: NewRow, wanted: WantedView): Promise<ListedView> {
  const { organizationId } = await openForChange(tx.rows, wanted.organization);
  const most = row.userId === null ? mostViews.forEveryone : mostViews.own;
  if ((await tx.rows.countSavedViews(organizationId, row.userId)) >= most) throw tooMany(row, most);
  const view = await tx.rows.insertSavedView({ ...row, organizationId });
  await tell(tx, { ...wanted, view, how: "ADDED" });
  return opened(view);
}

const tooMany = ({ userId }: NewRow, most: number): DaybookError =>
  new DaybookError("not-allowed", {
    detail: `${userId === null ? "The organization has" : "You have"} ${most} ${userId === null ? "shared views" : "views of your own here"}, the maximum.`,
    remedy: "Delete one that is no longer used.",
  });

/** The view, locked through its organization. */
async function locked(tx: ChangeTransaction, request: ChangingView): Promise<ViewRow> {
  const { organization, person, viewId, mayShare, ifVersion } = request;
  const { organizationId } = await openForChange(tx.rows, organization);
  const view = found(
    isId(viewId) ? await tx.rows.savedViewForUpdate(organizationId, viewId) : undefined,
    person,
  );
  if (view.userId === null && !mayShare) throw new DaybookError("not-allowed");
  refuseStale(view, ifVersion);
  return view;
}

export async function change(
  tx: ChangeTransaction,
  set: Partial<Pick<ViewRow, "name" | "search">>,
  request: ChangingView,
): Promise<ListedView> {
  const before = await locked(tx, request);
  const view = { ...before, ...set, version: before.version + 1 };
  if (view.name === before.name && view.search === before.search) return opened(before);
  await tx.rows.updateSavedView(before.organizationId, before.id, set);
  await tell(tx, { ...request, view, how: "CHANGED", changes: changesBetween(before, view) });
  return opened(view);
}

export async function remove(tx: ChangeTransaction, request: ChangingView): Promise<void> {
  const view = await locked(tx, request);
  await tx.rows.deleteSavedView(view.organizationId, view.id);
  await tell(tx, { ...request, view });
}

interface ToldView extends Omit<ByPerson, "organization"> {
  readonly view: ViewRow;
  /** Absent: it is deleted. */
  readonly how?: "ADDED" | "CHANGED";
  readonly changes?: Change[];
}

/** Records the event. That of a view of one's own says whose it is, and nothing of it. */
async function tell(
  tx: ChangeTransaction,
  { view, how, changes, person, initiator }: ToldView,
): Promise<void> {
  const { id, name, userId } = view;
  const forEveryone = userId === null;
  const target: Target = { type: "view", id, ...(forEveryone ? { name } : {}) };
  const data: JsonObject = { viewId: id, forEveryone };
  if (forEveryone) data.view = name;
  else if (person !== undefined) data.userId = person.id;
  if (how !== undefined) data.how = how;
  if (how !== undefined && forEveryone) data.search = JSON.parse(view.search) as JsonObject;
  await recordChange(tx, view, {
    initiator,
    type: how === undefined ? "VIEW_REMOVED" : "VIEW_SAVED",
    targets: [target],
    ...(forEveryone && changes !== undefined ? { changes } : {}),
    data,
  });
}
