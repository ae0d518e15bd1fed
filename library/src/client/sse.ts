/**
 * Reads server-sent events (WHATWG HTML section 9.2) from bytes. If the stream breaks within a message, the message is dropped, as the
 * standard requires.
 */
import { DaybookError } from "../error/index.ts";

/**
 * One message. `id` is the last id in the stream, as in the standard. A block with an id but no data, which a browser would only remember,
 * is returned with `data` undefined.
 */
export interface Message {
  readonly event: string;
  readonly data: string | undefined;
  readonly id: string;
}

/** The maximum length of a message, in characters: an event's 64 KiB, escaped six-fold, with some reserve. */
const longestMessage = 4 * 1024 * 1024;

/** The part of one message that has been read. */
class Assembly {
  event = "";
  data: string[] = [];
  id: string;
  size = 0;
  #fresh = false;

  constructor(id: string) {
    this.id = id;
  }

  field(line: string): void {
    if (line.startsWith(":")) return;
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "data") this.data.push(value);
    else if (name === "event") this.event = value;
    else if (name === "id" && !value.includes("\0")) {
      this.id = value;
      this.#fresh = true;
    }
    this.size += line.length;
    if (this.size > longestMessage)
      throw new DaybookError("answer-unreadable", { detail: "A message of the stream is too long." });
  }

  /** Returns the finished message, or undefined if there was neither data nor id; then begins the next. */
  take(): Message | undefined {
    const { event, data, id } = this;
    const some = data.length > 0 || this.#fresh;
    this.event = "";
    this.data = [];
    this.size = 0;
    this.#fresh = false;
    return some
      ? { event: event || "message", data: data.length > 0 ? data.join("\n") : undefined, id }
      : undefined;
  }
}

/** Messages of a stream, in order. Lines end in LF, CR or CRLF, however the bytes are split. */
export async function* messagesOf(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  lastId = "",
): AsyncGenerator<Message, void, undefined> {
  const decoder = new TextDecoder();
  const assembly = new Assembly(lastId);
  let rest = "";
  let afterCr = false;
  for await (const piece of pieces) {
    let text = decoder.decode(piece, { stream: true });
    if (text === "") continue;
    if (afterCr && text[0] === "\n") text = text.slice(1);
    afterCr = text === "" ? false : text.endsWith("\r");
    const lines = (rest + text).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? "";
    if (rest.length > longestMessage)
      throw new DaybookError("answer-unreadable", { detail: "A line of the stream is too long." });
    for (const line of lines) {
      if (line !== "") assembly.field(line);
      else {
        const message = assembly.take();
        if (message) yield message;
      }
    }
  }
}
