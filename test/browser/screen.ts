/** One page or state for screenshots. Shapes only. */
import type { Page } from "playwright-core";
import type { BrowserWorld } from "./world.ts";

/** One picture. */
export interface Screen {
  /** Its file's name. */
  readonly name: string;
  /** The reader; default: anonymous. */
  readonly as?: "anne" | "zoe";
  /** The address; with `fresh`, on the server without an account. */
  readonly path: string;
  readonly fresh?: boolean;
  /** Its actions change the page for good. */
  readonly ownPage?: boolean;
  /** The actions before the check. */
  readonly act?: (page: Page, world: BrowserWorld) => Promise<void>;
  /** The status of the last page; default 200. */
  readonly status?: number;
}
