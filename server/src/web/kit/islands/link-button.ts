/** A link that says it is a button is pressed by Space too, as buttons are; the page doesn't scroll. */
export function pressBySpace(element: HTMLElement): void {
  element.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();
    element.click();
  });
}
