/**
 * Copies the text beside the button, or the whole one of which it is the beginning, or else the address of the page, and announces it visibly and to screen readers. If the browser
 * refuses, that is announced too, and the text is selected for copying by hand.
 */
export function addCopying(element: HTMLElement): void {
  const button = element.querySelector("button");
  const shown = element.querySelector("code");
  const status = element.querySelector("[role=status]");
  if (button === null || status === null || navigator.clipboard === undefined) return;
  const word = button.firstChild as Text;
  const usual = word.data;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const announce = (words: string, isVisible = false): void => {
    status.textContent = words;
    // the button's own text says the rest
    status.classList.toggle("govuk-visually-hidden", !isVisible);
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    clearTimeout(timer);
    word.data = usual;
    try {
      await navigator.clipboard.writeText(shown?.title || shown?.textContent || location.href);
    } catch {
      if (shown !== null) getSelection()?.selectAllChildren(shown);
      return announce(shown === null ? refusedAddress : refusedText, true);
    }
    word.data = "Copied";
    announce("Copied");
    timer = setTimeout(() => {
      word.data = usual;
      announce("");
    }, 2_000);
  });
}

const refusedText = "The browser refused to copy. The text is selected: copy it yourself.";
const refusedAddress = "The browser refused to copy. Copy the address of this page from the address bar.";
