/** Sorts terms faster than a comparison of texts does: by their first characters as numbers, and only those that are equal there as texts. */

/** A number of 64 bits has the first five characters, and the number of the term in the rest. */
const [characters, mostTerms] = [5, 2 ** 24];
/** Where the half of such a number with the higher bits is. */
const isLittle = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
const [low, high] = isLittle ? [0, 1] : [1, 0];

/** The numbers of the terms, in the order of their texts. Each term has characters 0 to 255, and occurs once. */
export function inOrder(terms: readonly string[]): Uint32Array {
  const byText = (a: number, b: number): number => (terms[a]! < terms[b]! ? -1 : 1);
  if (terms.length > mostTerms) return Uint32Array.from(terms.keys()).sort(byText);
  const keys = new BigUint64Array(terms.length);
  const halves = new Uint32Array(keys.buffer);
  terms.forEach((term, number) => {
    // a term that is shorter has zeros, and is not after those that begin with it
    const unit = (at: number): number => (at < term.length ? term.charCodeAt(at) : 0);
    halves[2 * number + high] = ((unit(0) << 24) | (unit(1) << 16) | (unit(2) << 8) | unit(3)) >>> 0;
    halves[2 * number + low] = unit(characters - 1) * mostTerms + number;
  });
  keys.sort();
  const order = new Uint32Array(terms.length);
  for (let at = 0; at < order.length; at++) order[at] = halves[2 * at + low]! % mostTerms;
  const isSame = (a: number, b: number): boolean =>
    halves[2 * a + high] === halves[2 * b + high] &&
    halves[2 * a + low]! - order[a]! === halves[2 * b + low]! - order[b]!;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && isSame(from, to)) to++;
    if (to > from + 1) order.subarray(from, to).sort(byText);
    from = to;
  }
  return order;
}
