/** Registers pages and forms: each names its action in the access table, and none is in the API's document. */
import type { Action } from "../../access/index.ts";
import { formLimit } from "./forms.ts";

const kinds: readonly string[] = ["text/html"];

interface PageRoute {
  readonly config: { readonly action: Action; readonly kinds: readonly string[] };
  readonly schema: { readonly hide: true };
}

/** The options of a page's route. */
export const page = (action: Action): PageRoute => ({ config: { action, kinds }, schema: { hide: true } });

/** The options of a form's route. `bodyLimit` in bytes. */
export const form = (
  action: Action,
  bodyLimit: number = formLimit,
): PageRoute & { readonly bodyLimit: number } => ({
  ...page(action),
  bodyLimit,
});
