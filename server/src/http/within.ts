/** A limit for readings of metrics from the database: without a response, there is no metric, rather than an old value. */

const patienceMs = 1_000;

/** What is read; `otherwise` if that fails or takes too long. */
export async function within<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, patienceMs, otherwise);
  });
  return Promise.race([reading.catch(() => otherwise), tooLate]).finally(() => clearTimeout(timer));
}
