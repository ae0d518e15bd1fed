/** Closes a menu when another element is clicked or focused, and with Escape. */
export function closeMenus(element: HTMLElement): void {
  const menu = element as HTMLDetailsElement;
  const closeUnlessIn = (event: Event): void => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  };
  document.addEventListener("click", closeUnlessIn);
  document.addEventListener("focusin", closeUnlessIn);
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
}
