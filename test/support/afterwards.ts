/** Work after the tests of a file: closing servers, dropping databases, in reverse order. */

const works: (() => unknown)[] = [];

/** Asks for it, at any time while the file's tests run. */
export const afterwards = (work: () => unknown): void => void works.push(work);

/** Does all of it. */
export async function doAfterwards(): Promise<void> {
  for (let work = works.pop(); work !== undefined; work = works.pop()) await work();
}
