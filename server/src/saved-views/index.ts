/** The public names of `saved-views`, for other folders. */
export { plainSearch, searchText } from "./check-search.ts";
export { openSavedViews, type SavedViews } from "./saved-views.ts";
export type { ChangingView, ListedView, ViewPerson } from "./view-types.ts";
