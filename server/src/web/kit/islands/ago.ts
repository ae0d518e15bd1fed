/** Updates relative times ("3 minutes ago") once a minute. */
import { ago } from "../time/format.ts";

export function keepTimesCurrent(element: HTMLElement): void {
  const at = Date.parse((element as HTMLTimeElement).dateTime);
  setInterval(() => {
    element.textContent = ago(at, Date.now());
  }, 60_000);
}
