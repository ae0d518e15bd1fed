/** The second script, for lists of events: what a reader needs only once the page is there. */
import { listenForKeys } from "./keys.ts";
import { loadParts } from "./parts.ts";
import { openRows } from "./rows.ts";
import { suggestTerms } from "./suggestions.ts";

/** The file with the styles of what it adds, beside the one with this script. The build names it. */
declare const LIST_SHEET: string;

openRows();
listenForKeys();
// what comes without its styles would move when they come
withSheet(() => {
  loadParts();
  const box = document.querySelector<HTMLInputElement>("#q");
  if (box !== null) suggestTerms(box);
});

/** Some pages have the sheet from the start. */
function withSheet(next: () => void): void {
  const { href } = new URL(LIST_SHEET, import.meta.url);
  if ([...document.styleSheets].some((sheet) => sheet.href === href)) {
    next();
    return;
  }
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = href;
  sheet.addEventListener("load", next);
  document.head.append(sheet);
}
