/** Parts of a page that are rendered later if the page has taken the thread for a while, so that other requests get their turn in between. */
import type { ComponentChildren, FunctionComponent } from "preact";
import type { Special } from "../html/writer.ts";

interface LaterProps {
  readonly children: ComponentChildren;
}

/** A part that can be rendered later. */
export const Later: FunctionComponent<LaterProps> = Object.assign(({ children }: LaterProps) => children, {
  canWait: true,
} satisfies Special);
