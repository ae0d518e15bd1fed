/**
 * Reads a body as it arrives, with a limit for silence: if a read waits longer, the stream fails instead of hanging. Time that the caller
 * takes doesn't count.
 */
import { DaybookError } from "../error/index.ts";
import type { Answer } from "./request.ts";

/**
 * Reads a response's body piece by piece. Throws `timeout` after `silence` ms without a byte, `unreachable` if the connection breaks before
 * the end, and the signal's reason if it aborts. Leaving the loop ends the request.
 */
export async function* piecesOf(
  answer: Answer,
  silence: number,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = answer.response.body?.getReader();
  if (!reader) return answer.release();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new DaybookError("timeout", { detail: `Nothing came for ${silence} ms.` });
  try {
    for (;;) {
      timer = setTimeout(() => answer.abort(late), silence);
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return;
      yield value;
    }
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof DaybookError) throw cause;
    throw new DaybookError("unreachable", { detail: "The connection broke before the end.", cause });
  } finally {
    clearTimeout(timer);
    answer.release();
    await reader.cancel().catch(() => undefined);
  }
}
