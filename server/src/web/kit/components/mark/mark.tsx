/** Daybook's logo: a book of lines, stitched at its spine. */
import type { VNode } from "preact";

export const Mark = (): VNode => (
  <svg class="db-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path stroke="none" d="M6 2h12a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3Z" />
    <path
      fill="none"
      stroke-linecap="round"
      stroke-width="1.6"
      d="M8 5.6v2.2M8 10.9v2.2M8 16.2v2.2M12 8h5M12 12h5M12 16h2.6"
    />
  </svg>
);
