/** The public names of the folds, for the rest of `integrity` and for tests. */

export { settleOperatorTokens } from "./deployment.ts";
export { foldEvent, isFolded } from "./folds.ts";
export type { OwnEvent } from "./own-event.ts";
export { FoldedRows, keyOf, NoSuchRow } from "./state.ts";
