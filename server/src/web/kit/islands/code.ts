/**
 * A code that came after the `#` of a link: put into its field and taken out of the address, so that it stays in no history. A
 * form of nothing but the code is sent at once; in others, the field needs nobody's look any more.
 */
export function takeCode(element: HTMLElement): void {
  take(element);
  // the link may be pasted into the window of this very page
  addEventListener("hashchange", () => take(element));
}

function take(element: HTMLElement): void {
  const code = location.hash.slice(1);
  const field = element.querySelector("input");
  if (field === null || !code.startsWith("dbk_")) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = code;
  const zone = element.querySelector<HTMLInputElement>("[name=zone]");
  if (zone !== null) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (element instanceof HTMLFormElement) element.requestSubmit();
  else element.hidden = true;
}
