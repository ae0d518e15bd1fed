/** The HTML of a page: at once, or in turns with what else the process has to do. */
import type { ComponentChildren } from "preact";
import { type Pieces, type Rendering, Writer } from "./writer.ts";

/** How long a page is rendered before others have their turn, in milliseconds. A usual page takes less. */
const sliceMs = 20;

/** The HTML of an element, written at once. */
export function renderToString(
  element: ComponentChildren,
  rendering: Pick<Rendering, "addressOf"> = {},
): string {
  const writer = new Writer(rendering);
  writer.write(element);
  return writer.take().join("");
}

interface InTurns extends Pick<Rendering, "addressOf"> {
  /** Milliseconds. */
  readonly now?: () => number;
}

/** The same. Once it has taken the thread for a while, the parts that can wait are rendered later, in their order. */
export async function renderInTurns(
  element: ComponentChildren,
  { addressOf, now = () => performance.now() }: InTurns = {},
): Promise<string> {
  let began = now();
  const isLate = (): boolean => now() - began >= sliceMs;
  const writer = new Writer({ addressOf, isLate });
  const written = (part: ComponentChildren): Pieces => {
    writer.write(part);
    return writer.take();
  };
  const finished = async (pieces: Pieces): Promise<string> => {
    let html = "";
    for (const piece of pieces) {
      if (typeof piece === "string") html += piece;
      else {
        if (isLate()) {
          await turnOfOthers();
          began = now();
        }
        html += await finished(written(piece.children));
      }
    }
    return html;
  };
  return await finished(written(element));
}

const turnOfOthers = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
