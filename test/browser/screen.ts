/** One page or state that is looked at. Shapes only. */
import type { Page } from "playwright-core";
import type { BrowserWorld } from "./world.ts";

/** One picture. */
export interface Screen {
  /** Its file's name. */
  readonly name: string;
  /** Who looks; nobody if absent. */
  readonly as?: "anne" | "zoe";
  /** Where; on the server that nobody set up, with `fresh`. */
  readonly path: string;
  readonly fresh?: boolean;
  /** What is done there before looking. */
  readonly act?: (page: Page, world: BrowserWorld) => Promise<void>;
  /** The status of the last page; 200 if absent. */
  readonly status?: number;
}
