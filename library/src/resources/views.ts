/** Saved views: searches of an organization's log under a name. */
import type { Outcome } from "../event/index.ts";

/** What a saved view searches for, and how its page shows it. A member that is absent, and an empty list, ask for nothing. */
export interface SavedSearch {
  /** A search in the language of `spec/search.md`. */
  readonly q?: string;
  /** Any of these event types. */
  readonly type?: readonly string[];
  /** Any of these actors, as `type:id`. */
  readonly actor?: readonly string[];
  /** Any of these targets, as `type:id`. */
  readonly target?: readonly string[];
  /** Any of these outcomes. */
  readonly outcome?: readonly Outcome[];
  /** `daybook`, `others`, or recorders as `type:id`. */
  readonly recordedBy?: readonly string[];
  /** A time or a date, which is a day of the reader's time zone. */
  readonly from?: string;
  /** A time or a date, which is a day of the reader's time zone, and belongs to it. */
  readonly to?: string;
  /** The hours or days before the moment when someone opens it; not together with `from` and `to`. */
  readonly period?: "24h" | "7d" | "30d" | "90d";
  /** The page's layout; the default is `cards`. */
  readonly layout?: "cards" | "table";
}

/** A saved view. */
export interface SavedView {
  /** `view_…` */
  readonly id: string;
  /** 1 to 200 characters, unique among the shared views, or among your own, regardless of case. */
  readonly name: string;
  /** Whether everyone sees it who reads the whole log of the organization; otherwise, only you do. */
  readonly forEveryone: boolean;
  readonly search: SavedSearch;
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
}

/** A view to save. */
export interface NewSavedView {
  /** 1 to 200 characters, unique among the shared views, or among your own, regardless of case. */
  readonly name: string;
  /** Whether to share it; the default is no. */
  readonly forEveryone?: boolean;
  readonly search: SavedSearch;
}
