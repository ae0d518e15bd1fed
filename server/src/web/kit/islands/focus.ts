/**
 * What says how it went gets the focus when the page comes: what is there from the start is heard only so. Once left, it can't be
 * focused any more, and a click in it does nothing.
 */
export function takeFocus(element: HTMLElement): void {
  if (!element.hasAttribute("tabindex")) {
    element.setAttribute("tabindex", "-1");
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  }
  element.focus();
}
