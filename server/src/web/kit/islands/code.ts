/**
 * A code after the `#` of a link: moves it into its field and removes it from the address, so that no history has it. A form with only the
 * code is sent immediately; in other forms, the field is hidden.
 */
export function takeCode(element: HTMLElement): void {
  take(element);
  // the link can also be pasted into the window of this page
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
