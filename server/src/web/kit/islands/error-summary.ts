/** Focuses the error summary of a form when the page loads, and makes its links focus the fields. */
import { takeFocus } from "./focus.ts";

export function focusOnErrors(element: HTMLElement): void {
  takeFocus(element);
  element.addEventListener("click", (event) => {
    const hash = event.target instanceof HTMLAnchorElement ? event.target.hash : "";
    const field = hash === "" ? null : document.getElementById(hash.slice(1));
    if (field === null) return;
    event.preventDefault();
    (
      field.closest("fieldset") ??
      document.querySelector(`label[for="${field.id}"]`) ??
      field
    ).scrollIntoView();
    const input = field.matches("input, select, textarea") ? field : field.querySelector("input");
    input?.focus({ preventScroll: true });
  });
}
