/**
 * A download with progress that can be canceled. If the browser lets a page write a file (File System Access), the page writes each piece
 * as it arrives, and the file appears only when it is complete. Otherwise the browser downloads, as without a script. The form has the list
 * of files.
 */
type Picked = FileSystemFileHandle & { remove?(): Promise<void> };
type Picker = (options: object) => Promise<Picked>;

/** One of the form's files. */
interface OfferedFile {
  /** The value of its radio button. */
  readonly value: string;
  readonly extension: string;
  readonly mediaType: string;
  /** How to count its events: one a line after the header; if absent, they aren't counted. */
  readonly lines?: { readonly header: number; readonly quoted: boolean };
}

/** The selected file; the first, if there is no choice. */
function chosenFile(form: HTMLFormElement): OfferedFile {
  const files = JSON.parse(form.dataset.files ?? "") as [OfferedFile, ...OfferedFile[]];
  const chosen = new FormData(form).get("format");
  return files.find(({ value }) => value === chosen) ?? files[0];
}

/** Milliseconds between two messages, so that screen readers can finish them. */
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
    if (pick === undefined) return panel.announce(natively);
    event.preventDefault();
    if (asking !== undefined) return;
    asking = new AbortController();
    panel.announce("");
    download(form, { pick, panel, signal: asking.signal })
      // after any failure, the browser downloads without the script, or shows the page with the reason
      .then((isDone) => isDone || form.submit())
      .finally(() => {
        asking = undefined;
      });
  });
}

/** The status below the form, and the buttons beside it. */
interface Panel {
  readonly cancel: HTMLElement;
  readonly again: HTMLElement;
  announce(words: string): void;
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
    announce: (words) => {
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

/** Whether this handled the download: if not, the form is sent as without a script. */
async function download(form: HTMLFormElement, { pick, panel, signal }: DownloadElements): Promise<boolean> {
  const offered = chosenFile(form);
  const address = `${form.action}?${new URLSearchParams(new FormData(form) as unknown as Record<string, string>)}`;
  try {
    // errors of the form appear on its own page
    const answer = await fetch(address, { redirect: "manual" });
    if (answer.type !== "opaqueredirect") return false;
    const file = await pick({
      suggestedName: `${form.dataset.name}-${new Date().toISOString().slice(0, 10)}.${offered.extension}`,
      types: [{ accept: { [offered.mediaType]: [`.${offered.extension}`] } }],
    });
    return await save(file, { address, offered, panel, signal });
  } catch (error) {
    // no file was chosen
    if ((error as Error).name === "AbortError") return true;
    panel.announce(natively);
    return false;
  }
}

interface Saving extends Omit<DownloadElements, "pick"> {
  readonly address: string;
  readonly offered: OfferedFile;
}

/** Whether the server sent a file, complete or not. */
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
    panel.announce(`Saved as ${file.name}: ${count}.`);
    panel.offer();
  } catch {
    // the temporary file with the written part is removed; what remains of the chosen file is empty
    await into.abort().catch(() => undefined);
    await file.remove?.().catch(() => undefined);
    panel.announce(
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

/** Writes each piece, no faster than the disk; returns the number of bytes. */
async function write(
  { body }: Response,
  into: FileSystemWritableFileStream,
  { panel, offered: { lines } }: Pick<Saving, "panel" | "offered">,
): Promise<string> {
  const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  const events = lines && eventCounter(lines);
  let bytes = 0;
  let announced = 0;
  for (;;) {
    const { done, value } = await reader.read();
    const count = `${events === undefined ? "" : `${inWords(events(value))}, `}${sizeOf(bytes + (value?.length ?? 0))}`;
    if (done) return count;
    await into.write(value);
    bytes += value.length;
    if (Date.now() - announced < pause) continue;
    announced = Date.now();
    panel.announce(`Downloading: ${count} so far`);
  }
}

/** Counts the events of a file piece by piece: the lines after the header. Quoted cells can contain line feeds. */
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
