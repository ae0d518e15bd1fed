/** Shows a typed password, and hides it again before the form is sent. */
export function addShowing(element: HTMLElement): void {
  const input = element.querySelector("input");
  const button = element.querySelector("button");
  if (input === null || button === null) return;
  const show = (shown: boolean): void => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", shown ? "Hide password" : "Show password");
  };
  button.hidden = false;
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
}
