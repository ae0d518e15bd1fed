/** Copies the text beside the button, and says so to those who see and to those who hear. */
export function addCopying(element: HTMLElement): void {
  const button = element.querySelector("button");
  const text = element.querySelector("code")?.textContent;
  const status = element.querySelector("[role=status]");
  if (button === null || !text || status === null || navigator.clipboard === undefined) return;
  const word = button.firstChild as Text;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    word.data = "Copied";
    status.textContent = "Copied";
    setTimeout(() => {
      word.data = "Copy";
      status.textContent = "";
    }, 2_000);
  });
}
