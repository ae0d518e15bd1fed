/**
 * The memory of pages that are written as bytes, used again: memory outside of the heap makes the garbage collector look at everything every
 * few hundred pages.
 */

const firstBytes = 64 * 1024;
const mostBytes = 1024 * 1024;
const mostFree = 16;

const free: Buffer[] = [];

/** Memory that nobody else uses. */
export const takeMemory = (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(firstBytes);

/** What gives the memory back, once. */
export function releasing(bytes: Buffer): () => void {
  let isReleased = false;
  return () => {
    if (!isReleased && bytes.length <= mostBytes && free.length < mostFree) free.push(bytes);
    isReleased = true;
  };
}
