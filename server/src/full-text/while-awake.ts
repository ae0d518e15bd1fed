/** Waits for work outside the database without the transaction being idle for so long that the database ends it. */
import type { WriteTransaction } from "../store/contract/transaction.ts";

const everyMs = 1_000;

/** The result of the work. */
export async function whileAwake<T>(tx: Pick<WriteTransaction, "clock">, work: Promise<T>): Promise<T> {
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const pause = new Promise<"waiting">((resolve) => {
      timer = setTimeout(resolve, everyMs, "waiting");
    });
    const done = await Promise.race([work, pause]).finally(() => clearTimeout(timer));
    if (done !== "waiting") return done;
    await tx.clock();
  }
}
