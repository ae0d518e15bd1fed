/** Runs work that counts as an attempt if it fails. */
import { DaybookError } from "daybook/internal";
import type { Tries } from "./tries.ts";

/** Runs work that returns an error if it fails as an attempt; only then does the attempt count. */
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
