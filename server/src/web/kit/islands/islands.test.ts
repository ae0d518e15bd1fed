/** Islands without a browser, with simulated browser functions: keys, focus, clipboard. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addCopying } from "./copy.ts";
import { takeFocus } from "./focus.ts";
import { pressBySpace } from "./link-button.ts";
import { keepSheet } from "./sheet.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** An element with only what an island needs. */
const played = (has: object): HTMLElement => Object.assign(new EventTarget(), has) as HTMLElement;

const press = (element: HTMLElement, key: string): Event => {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key });
  element.dispatchEvent(event);
  return event;
};

test("a link-button is pressed by Space, and the page doesn't scroll; other keys do what they do", () => {
  const click = vi.fn();
  const link = played({ click });
  pressBySpace(link);
  expect(press(link, "Enter").defaultPrevented).toBe(false);
  expect(click).not.toHaveBeenCalled();
  expect(press(link, " ").defaultPrevented).toBe(true);
  expect(click).toHaveBeenCalledOnce();
});

test.each([
  ["of its own stays", "-1"],
  ["for the focus alone goes when it is left", undefined],
])("what says how it went gets the focus; a tabindex %s", (_name, own) => {
  const attributes = new Map(own === undefined ? [] : [["tabindex", own]]);
  const banner = played({
    hasAttribute: (name: string) => attributes.has(name),
    setAttribute: (name: string, value: string) => void attributes.set(name, value),
    removeAttribute: (name: string) => void attributes.delete(name),
    focus: () => expect(attributes.get("tabindex")).toBe("-1"),
  });
  const focus = vi.spyOn(banner, "focus");
  takeFocus(banner);
  expect(focus).toHaveBeenCalledOnce();
  banner.dispatchEvent(new Event("blur"));
  expect(attributes.get("tabindex")).toBe(own);
});

interface Copying {
  readonly word: { data: string };
  readonly status: { textContent: string };
  readonly isVisible: () => boolean;
  readonly select: ReturnType<typeof vi.fn>;
  readonly text: object | null;
  readonly click: () => Promise<void>;
}

/** A copy button with that clipboard. */
function copying(writeText: (text: string) => Promise<void>, text: { textContent: string } | null): Copying {
  const select = vi.fn();
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  vi.stubGlobal("location", { href: "https://daybook.example/here" });
  vi.stubGlobal("getSelection", () => ({ selectAllChildren: select }));
  const classes = new Set(["govuk-visually-hidden"]);
  const toggle = (name: string, isOn: boolean): unknown => (isOn ? classes.add(name) : classes.delete(name));
  const word = { data: "Copy" };
  const status = { textContent: "", classList: { toggle } };
  const button = played({ firstChild: word, hidden: true });
  const found: Record<string, unknown> = { button, code: text, "[role=status]": status };
  addCopying(played({ querySelector: (selector: string) => found[selector] ?? null }));
  expect(button.hidden).toBe(false);
  const click = async (): Promise<void> => {
    button.dispatchEvent(new Event("click"));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { word, status, isVisible: () => !classes.has("govuk-visually-hidden"), select, text, click };
}

const refuses = (): Promise<void> => Promise.reject(new DOMException("", "NotAllowedError"));

test("a copy that the browser refuses is said and seen, and the text is selected", async () => {
  const token = copying(refuses, { textContent: "dbk_live_x" });
  await token.click();
  expect(token.select).toHaveBeenCalledExactlyOnceWith(token.text);
  expect(token.status.textContent).toBe(
    "The browser refused to copy. The text is selected: copy it yourself.",
  );
  expect(token.isVisible()).toBe(true);
  expect(token.word.data).toBe("Copy");
  const link = copying(refuses, null);
  await link.click();
  expect(link.select).not.toHaveBeenCalled();
  expect(link.status.textContent).toMatch(/^The browser refused to copy. Copy the address of this page/);
});

test("once it is let, what was refused is said no more", async () => {
  const writeText = vi.fn().mockImplementationOnce(refuses).mockResolvedValue(undefined);
  const { click, status, word, isVisible } = copying(writeText, { textContent: "dbk_live_x" });
  await click();
  await click();
  expect(writeText).toHaveBeenLastCalledWith("dbk_live_x");
  expect([word.data, status.textContent, isVisible()]).toEqual(["Copied", "Copied", false]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([word.data, status.textContent]).toEqual(["Copy", ""]);
});

const pageWithSheet = (readyState: string): { cookie: string } => {
  const page = {
    cookie: "",
    readyState,
    querySelector: () => ({ dataset: { file: "/assets/app-0a1b.css" } }),
  };
  vi.stubGlobal("document", page);
  return page;
};

test.each([
  ["over https", "https:", "__Host-daybook-sheet=0a1b; path=/; max-age=31536000; samesite=lax; secure"],
  ["over http", "http:", "daybook-sheet=0a1b; path=/; max-age=31536000; samesite=lax"],
])("the file of a style sheet is loaded after the page, and noted %s", async (_, protocol, noted) => {
  const page = pageWithSheet("loading");
  vi.stubGlobal("location", { protocol });
  const window = new EventTarget();
  vi.stubGlobal("addEventListener", window.addEventListener.bind(window));
  const load = vi.fn(async () => new Response("a{}"));
  vi.stubGlobal("fetch", load);
  keepSheet();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([load.mock.calls, page.cookie]).toEqual([[], ""]);
  window.dispatchEvent(new Event("load"));
  await vi.waitFor(() => expect(page.cookie).toBe(noted));
  expect(load).toHaveBeenCalledExactlyOnceWith("/assets/app-0a1b.css", { priority: "low" });
});

test.each([
  ["is refused", async () => new Response("", { status: 503 })],
  ["does not come", async () => Promise.reject(new TypeError("network"))],
  [
    "breaks off",
    async () => new Response(new ReadableStream({ start: (body) => body.error(new TypeError("network")) })),
  ],
])("a style sheet that %s is not noted", async (_, load) => {
  const page = pageWithSheet("complete");
  const loading = vi.fn(load);
  vi.stubGlobal("fetch", loading);
  keepSheet();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(loading).toHaveBeenCalledOnce();
  expect(page.cookie).toBe("");
});

test("nothing is noted where the page has no style sheet within", () => {
  const page = { cookie: "", querySelector: () => null };
  vi.stubGlobal("document", page);
  keepSheet();
  expect(page.cookie).toBe("");
});
