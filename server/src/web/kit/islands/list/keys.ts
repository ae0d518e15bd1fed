/** Moves through a list by keys: the focus goes from row to row, so that Enter opens what is in focus as everywhere. */

/** What leads to each event or group, in the order of the list. */
const rows = "#events .db-cell--title, #events .db-event__details, #events .db-together__summary";

const keys: readonly (readonly [string, string])[] = [
  ["/", "Search"],
  ["j, k", "Next and previous event"],
  ["Enter", "Open the event"],
  ["o, →", "Open its row, or a group"],
  ["?", "Show these keys"],
];

export function listenForKeys(): void {
  const help = helpOf();
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    if (ctrlKey || metaKey || altKey || isComposing || event.defaultPrevented || isTyping(event.target))
      return;
    if (help.open) return;
    const act = {
      "/": search,
      j: () => step(1),
      k: () => step(-1),
      o: unfold,
      ArrowRight: unfold,
      "?": show,
    }[key];
    if (act?.() === true) event.preventDefault();
  });
  const show = (): boolean => {
    help.showModal();
    return true;
  };
  offer(show);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"));

function search(): boolean {
  const box = document.querySelector<HTMLInputElement>("#q");
  box?.focus();
  box?.select();
  return box !== null;
}

/** The row where the keys are; where they were, if the focus went elsewhere. */
let here: HTMLElement | undefined;

/** Of a closed group, only what opens it. */
const isShown = (row: HTMLElement): boolean =>
  row.closest("details:not([open])") === null || row.matches("summary");

function step(by: number): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(rows)].filter(isShown);
  const focused = all.findLast((row) =>
    row.closest("tr, article, details")?.contains(document.activeElement),
  );
  const last = focused ?? here;
  const at = last === undefined ? -1 : all.indexOf(last);
  here = all[Math.max(0, Math.min(all.length - 1, at + by))];
  here?.focus();
  here?.scrollIntoView({ block: "nearest" });
  return here !== undefined;
}

/** Only from the row in focus: elsewhere these keys do what they do. */
function unfold(): boolean {
  if (here === undefined || document.activeElement !== here) return false;
  const opener = here.closest("tr")?.querySelector<HTMLElement>(".db-opener") ?? here;
  if (opener === here && !here.matches("summary")) return false;
  opener.click();
  return true;
}

/** The list of keys. */
function helpOf(): HTMLDialogElement {
  const help = document.createElement("dialog");
  help.className = "db-keys";
  help.setAttribute("aria-labelledby", "keys");
  const lines = keys.map(([key, words]) => `<div><dt><kbd>${key}</kbd></dt><dd>${words}</dd></div>`);
  help.innerHTML = `<h2 id="keys">Keys</h2><dl>${lines.join("")}</dl>`;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "govuk-button govuk-button--secondary";
  close.textContent = "Close";
  close.addEventListener("click", () => help.close());
  help.append(close);
  document.body.append(help);
  return help;
}

/** A button beside what else there is for this view. */
function offer(show: () => void): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button db-button--link";
  button.textContent = "Keyboard shortcuts";
  button.addEventListener("click", show);
  document.querySelector(".db-programs .db-row")?.append(button);
}
