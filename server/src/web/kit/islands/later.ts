/** Loads the script of lists once the page is complete: nothing that the page shows waits for it. The build makes it a file of its own. */
export function loadList(): void {
  const load = (): void => void import("./list/list.ts");
  if (document.readyState === "complete") load();
  else addEventListener("load", load, { once: true });
}
