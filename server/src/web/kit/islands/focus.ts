/**
 * Focuses the result of an act when the page loads, because screen readers otherwise don't read content that is there from the start. After
 * it loses the focus, it can't be focused again, and a click in it does nothing.
 */
export function takeFocus(element: HTMLElement): void {
  if (!element.hasAttribute("tabindex")) {
    element.setAttribute("tabindex", "-1");
    element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
  }
  element.focus();
}
