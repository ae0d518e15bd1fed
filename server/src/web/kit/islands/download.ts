/**
 * A download that says how far it is and can be cancelled. Where the browser lets a page write a file (File System Access), the page
 * writes each piece as it arrives, and the file appears only when it is whole. Elsewhere the browser downloads, as it does without
 * a script. What the files are, the form says.
 */
type Picked = FileSystemFileHandle & { remove?(): Promise<void> };
type Picker = (options: object) => Promise<Picked>;

/** One of the files that the form offers. */
interface OfferedFile {
  /** The value of its radio button. */
  readonly value: string;
  readonly extension: string;
  readonly mediaType: string;
  /** How its events are counted: a line each after the header; absent, they aren't. */
  readonly lines?: { readonly header: number; readonly quoted: boolean };
}

/** The file that is chosen; the first, where there is nothing to choose. */
function chosenFile(form: HTMLFormElement): OfferedFile {
  const files = JSON.parse(form.dataset.files ?? "") as [OfferedFile, ...OfferedFile[]];
  const chosen = new FormData(form).get("format");
  return files.find(({ value }) => value === chosen) ?? files[0];
}

/** Milliseconds between two sentences: those who hear them have to get along with them. */
const pause = 3_000;
const lineFeed = 10;
const quote = 34;

const natively =
  "Your browser is downloading the file. If your browser reports a failure, the file is incomplete: download it again.";

export function followDownload(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const { showSaveFilePicker: pick } = window as { showSaveFilePicker?: Picker };
  const panel = panelOf(form);
  let asking: AbortController | undefined;
  panel.cancel.addEventListener("click", () => asking?.abort());
  form.addEventListener("submit", (event) => {
    if (pick === undefined) return panel.say(natively);
    event.preventDefault();
    if (asking !== undefined) return;
    asking = new AbortController();
    panel.say("");
    download(form, { pick, panel, signal: asking.signal })
      // whatever is in the way: the browser downloads by itself, or shows the page that says what it is
      .then((isDone) => isDone || form.submit())
      .finally(() => {
        asking = undefined;
      });
  });
}

/** What is said below the form, and the buttons beside it. */
interface Panel {
  readonly cancel: HTMLElement;
  readonly again: HTMLElement;
  say(words: string): void;
  /** Shows one of the buttons, or none; the focus doesn't get lost. */
  offer(button?: HTMLElement): void;
}

function panelOf(form: HTMLFormElement): Panel {
  const [status, cancel, again] = form.querySelectorAll<HTMLElement>(".db-progress > *") as unknown as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  const both = [cancel, again];
  return {
    cancel,
    again,
    say: (words) => {
      status.textContent = words;
    },
    offer: (button) => {
      const had = both.includes(document.activeElement as HTMLElement);
      for (const each of both) each.hidden = each !== button;
      if (had) (button ?? form.querySelector("button"))?.focus();
    },
  };
}

interface DownloadElements {
  readonly pick: Picker;
  readonly panel: Panel;
  readonly signal: AbortSignal;
}

/** Whether that was all: where it wasn't, the form is to be sent as without a script. */
async function download(form: HTMLFormElement, { pick, panel, signal }: DownloadElements): Promise<boolean> {
  const offered = chosenFile(form);
  const address = `${form.action}?${new URLSearchParams(new FormData(form) as unknown as Record<string, string>)}`;
  try {
    // what is wrong with the form its own page says
    const asked = await fetch(address, { redirect: "manual" });
    if (asked.type !== "opaqueredirect") return false;
    const file = await pick({
      suggestedName: `${form.dataset.name}-${new Date().toISOString().slice(0, 10)}.${offered.extension}`,
      types: [{ accept: { [offered.mediaType]: [`.${offered.extension}`] } }],
    });
    return await save(file, { address, offered, panel, signal });
  } catch (error) {
    // no file was chosen
    if ((error as Error).name === "AbortError") return true;
    panel.say(natively);
    return false;
  }
}

interface Saving extends Omit<DownloadElements, "pick"> {
  readonly address: string;
  readonly offered: OfferedFile;
}

/** Whether the server sent a file at all, whole or not. */
async function save(file: Picked, { address, offered, panel, signal }: Saving): Promise<boolean> {
  const into = await file.createWritable();
  let isFile = true;
  addEventListener("beforeunload", stay);
  panel.offer(panel.cancel);
  try {
    const answer = await fetch(address, { signal });
    isFile = answer.headers.get("content-type")?.startsWith(offered.mediaType) ?? false;
    if (!isFile) throw answer;
    const count = await write(answer, into, { panel, offered });
    await into.close();
    panel.say(`Saved as ${file.name}: ${count}.`);
    panel.offer();
  } catch {
    // what was written so far lies beside the file, and goes; what is left of the file is empty
    await into.abort().catch(() => undefined);
    await file.remove?.().catch(() => undefined);
    panel.say(
      signal.aborted
        ? "Download cancelled. No file was saved."
        : "The download failed before the file was complete. No file was saved.",
    );
    panel.offer(panel.again);
  } finally {
    removeEventListener("beforeunload", stay);
  }
  return isFile;
}

const stay = (event: Event): void => event.preventDefault();

/** Writes each piece, no faster than the disk takes it; gives back how much it was. */
async function write(
  { body }: Response,
  into: FileSystemWritableFileStream,
  { panel, offered: { lines } }: Pick<Saving, "panel" | "offered">,
): Promise<string> {
  const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  const events = lines && eventCounter(lines);
  let bytes = 0;
  let said = 0;
  for (;;) {
    const { done, value } = await reader.read();
    const count = `${events === undefined ? "" : `${inWords(events(value))}, `}${sizeOf(bytes + (value?.length ?? 0))}`;
    if (done) return count;
    await into.write(value);
    bytes += value.length;
    if (Date.now() - said < pause) continue;
    said = Date.now();
    panel.say(`Downloading: ${count} so far`);
  }
}

/** Counts the events of a file piece by piece: the lines after the header. Where cells are quoted, they may hold line feeds. */
function eventCounter({ header, quoted }: NonNullable<OfferedFile["lines"]>): (piece?: Uint8Array) => number {
  let events = -header;
  let isQuoted = false;
  return (piece = new Uint8Array()) => {
    for (const byte of piece) {
      if (byte === quote && quoted) isQuoted = !isQuoted;
      else if (byte === lineFeed && !isQuoted) events++;
    }
    return Math.max(events, 0);
  };
}

const inWords = (events: number): string =>
  `${events.toLocaleString("en-GB")} ${events === 1 ? "event" : "events"}`;

const sizeOf = (bytes: number): string =>
  bytes < 1e6 ? `${Math.ceil(bytes / 1e3)}\u00a0KB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`;
