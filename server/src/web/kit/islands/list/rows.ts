/** Opens the row of an event in place: it asks for that event only. Without it, the arrow leads to the page with the row open. */
import { partOf } from "./part.ts";

export function openRows(): void {
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest<HTMLAnchorElement>("a.db-opener");
    if (opener === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void toggle(opener);
  });
}

async function toggle(opener: HTMLAnchorElement): Promise<void> {
  const row = opener.closest("tr");
  const page = row?.querySelector<HTMLAnchorElement>("th a")?.href;
  if (row === null || page === undefined || opener.hasAttribute("aria-busy")) return;
  const isOpen = opener.getAttribute("aria-expanded") === "true";
  if (isOpen) row.nextElementSibling?.remove();
  else {
    opener.setAttribute("aria-busy", "true");
    const html = await partOf(page, "glance");
    opener.removeAttribute("aria-busy");
    // the page itself says what is wrong
    if (html === undefined) return location.assign(opener.href);
    row.after(below(row, html));
  }
  opener.setAttribute("aria-expanded", String(!isOpen));
  keepOpen(isOpen ? undefined : row.id);
}

/** As the server writes it. */
function below(row: HTMLTableRowElement, html: string): HTMLTableRowElement {
  const added = document.createElement("tr");
  const cell = added.insertCell();
  added.className = "govuk-table__row db-table__below";
  cell.className = "govuk-table__cell";
  added.setAttribute("role", "row");
  cell.setAttribute("role", "cell");
  cell.colSpan = row.cells.length;
  cell.innerHTML = html;
  return added;
}

/** The address has the row that was opened last, for a reload, and for the way back to the list. */
function keepOpen(id: string | undefined): void {
  const address = new URL(location.href);
  if (id === undefined) address.searchParams.delete("open");
  else address.searchParams.set("open", id);
  address.hash = "";
  history.replaceState(history.state, "", address);
}
