/** Saved views: searches of the organization's log under a name, one's own and shared ones. */
import type { NewSavedView, SavedView } from "../resources/index.ts";
import {
  type CallOptions,
  type ChangeOptions,
  change,
  plain,
  post,
  readOne,
  remove,
  type Tagged,
  tagged,
} from "./changes.ts";
import type { Lenient } from "./lenient.ts";
import type { Settings } from "./options.ts";
import { pathOf } from "./query.ts";
import { request } from "./request.ts";

/**
 * Reads and changes saved views. An API client reads the shared ones; a personal token has those of its person too. Calls about a view
 * that doesn't exist, or is another person's, throw `view-not-found`.
 */
export interface SavedViews {
  /** Saves a view; retries save it only once. Throws `name-taken`, `request-invalid`, and what its search would throw. */
  add(view: Lenient<NewSavedView>, options?: CallOptions): Promise<Tagged<SavedView>>;
  /** Your own, then the shared ones, each in the order of their names. */
  list(options?: CallOptions): Promise<readonly SavedView[]>;
  /** One view, with its entity tag. */
  get(id: string, options?: CallOptions): Promise<Tagged<SavedView>>;
  /** Changes the name, the whole search, or both. Throws as `add`, and `changed-meanwhile`. */
  change(
    id: string,
    changes: Lenient<Partial<Pick<NewSavedView, "name" | "search">>>,
    options?: ChangeOptions,
  ): Promise<Tagged<SavedView>>;
  /** Throws `changed-meanwhile`. */
  remove(id: string, options?: ChangeOptions): Promise<void>;
}

const at = (...parts: string[]): string => pathOf("views", ...parts);

/** The saved views of the client's organization. */
export const savedViewsOf = (settings: Settings): SavedViews => ({
  add: async (body, options) => post(settings, { path: at(), body, ...options }, tagged<SavedView>),
  list: async ({ signal } = {}) =>
    (await request(settings, { path: at(), signal }, plain<{ readonly views: readonly SavedView[] }>)).views,
  get: async (id, options) => readOne(settings, { path: at(id), ...options }),
  change: async (id, body, options) => change(settings, { path: at(id), body, ...options }),
  remove: async (id, options) => remove(settings, { path: at(id), ...options }),
});
