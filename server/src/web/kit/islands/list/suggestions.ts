/** Suggestions while someone types in the search box: a combobox with a list (ARIA 1.2). The server says what fits; without it, nothing changes. */
import { partOf } from "./part.ts";

/** Milliseconds without a key before it asks. */
const pause = 120;

export function suggestTerms(box: HTMLInputElement): void {
  const { form } = box;
  if (form === null) return;
  const place = document.createElement("div");
  place.className = "db-suggestions";
  place.hidden = true;
  box.after(place);
  for (const [name, value] of attributes) box.setAttribute(name, value);
  const combobox = new Combobox(box, place, form.action);
  box.addEventListener("input", () => combobox.askSoon());
  box.addEventListener("click", () => combobox.askSoon());
  box.addEventListener("blur", () => combobox.close());
  box.addEventListener("keydown", (event) => {
    if (combobox.press(event.key)) event.preventDefault();
  });
  // a suggestion ends with a space
  form.addEventListener("submit", () => {
    box.value = box.value.trim();
  });
  // the focus stays in the box
  place.addEventListener("pointerdown", (event) => event.preventDefault());
  place.addEventListener("click", ({ target }) => {
    const option = (target as Element).closest<HTMLElement>("[role=option]");
    if (option !== null) combobox.take(option);
  });
}

const attributes = [
  ["type", "text"],
  ["role", "combobox"],
  ["aria-expanded", "false"],
  ["aria-controls", "suggestions"],
  ["aria-autocomplete", "list"],
] as const;

class Combobox {
  readonly #box: HTMLInputElement;
  readonly #place: HTMLElement;
  readonly #page: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #active: HTMLElement | undefined;

  constructor(box: HTMLInputElement, place: HTMLElement, page: string) {
    this.#box = box;
    this.#place = place;
    this.#page = page;
  }

  get #options(): HTMLElement[] {
    return this.#place.hidden ? [] : [...this.#place.querySelectorAll<HTMLElement>("[role=option]")];
  }

  askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), pause);
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const { value, selectionStart } = this.#box;
    const page = new URL(this.#page);
    page.searchParams.set("typed", value.slice(0, selectionStart ?? value.length));
    const html = await partOf(page.href, "suggestions");
    if (asked !== this.#asked || document.activeElement !== this.#box) return;
    this.#place.innerHTML = html ?? "";
    this.#activate(undefined);
    this.#show(this.#place.querySelector("[role=option]") !== null);
  }

  #show(isShown: boolean): void {
    this.#place.hidden = !isShown;
    this.#box.setAttribute("aria-expanded", String(isShown));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.#activate(undefined);
    this.#show(false);
  }

  #activate(option: HTMLElement | undefined): void {
    this.#active?.setAttribute("aria-selected", "false");
    this.#active = option;
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option === undefined) this.#box.removeAttribute("aria-activedescendant");
    else this.#box.setAttribute("aria-activedescendant", option.id);
  }

  /** Whether the key was for the list. */
  press(key: string): boolean {
    const options = this.#options;
    if (key === "ArrowDown" && options.length === 0) {
      this.askSoon();
      return true;
    }
    if (options.length === 0) return false;
    const at = this.#active === undefined ? -1 : options.indexOf(this.#active);
    if (key === "ArrowDown") this.#activate(options[(at + 1) % options.length]);
    else if (key === "ArrowUp") this.#activate(options.at(at <= 0 ? -1 : at - 1));
    else if (key === "Escape") this.close();
    else if (key === "Enter" && this.#active !== undefined) this.take(this.#active);
    else return false;
    return true;
  }

  /** Puts a suggestion in the place of what was typed. */
  take(option: HTMLElement): void {
    const { value, selectionStart } = this.#box;
    const start = Number(option.closest<HTMLElement>("[data-start]")?.dataset.start);
    const insert = option.dataset.insert ?? "";
    const rest = value.slice(selectionStart ?? value.length).replace(/^\S+/, "");
    // a qualifier waits for its value
    const end = insert.endsWith(":") ? "" : " ";
    const before = value.slice(0, start) + insert + end;
    this.close();
    this.#box.value = before + rest.trimStart();
    this.#box.setSelectionRange(before.length, before.length);
    if (end === "") this.askSoon();
  }
}
