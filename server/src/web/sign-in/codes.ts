/** One-time codes and tokens as people paste them: alone, or within their link. All functions are pure. */

/** The part after the `#` of a link, else the whole text, without outer blanks. */
export function secretOf(pasted: string): string {
  const text = pasted.trim();
  return text.slice(text.lastIndexOf("#") + 1).trim();
}
