/** Makes Space press a link with the role of a button, without scrolling the page. */
export function pressBySpace(element: HTMLElement): void {
  element.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    element.click();
  });
}
