/** Times that say how long ago they are, once a minute anew. */
import { ago } from "../time/format.ts";

export function keepTimesCurrent(element: HTMLElement): void {
  const at = Date.parse((element as HTMLTimeElement).dateTime);
  setInterval(() => {
    element.textContent = ago(at, Date.now());
  }, 60_000);
}
