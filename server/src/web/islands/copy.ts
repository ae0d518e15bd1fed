/** Copies the text beside the button, or where there is none the address of the page, and says so to those who see and to those who hear. */
export function addCopying(element: HTMLElement): void {
  const button = element.querySelector("button");
  const text = element.querySelector("code")?.textContent ?? location.href;
  const status = element.querySelector("[role=status]");
  if (button === null || status === null || navigator.clipboard === undefined) return;
  const word = button.firstChild as Text;
  const usual = word.data;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    word.data = "Copied";
    status.textContent = "Copied";
    setTimeout(() => {
      word.data = usual;
      status.textContent = "";
    }, 2_000);
  });
}
