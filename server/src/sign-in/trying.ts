/** Doing what counts as a try where it fails. Knows nothing of what is tried. */
import { DaybookError } from "daybook/internal";
import type { Tries } from "./tries.ts";

/** Does what may fail as a try, in which case it gives the refusal back; only then the try counts. */
export async function trying<T>(
  tries: Tries,
  from: Parameters<Tries["begin"]>[0],
  work: () => Promise<T | DaybookError>,
): Promise<T> {
  const takeBack = tries.begin(from);
  let refusal: DaybookError | undefined;
  try {
    const result = await work();
    if (!(result instanceof DaybookError)) return result;
    refusal = result;
  } finally {
    if (refusal === undefined) takeBack();
  }
  throw refusal;
}
