/** One-time codes and tokens as people paste them: alone, or within the link that they came in. Pure. */

/** What follows the `#` of a link, else the whole text, without blanks around it. */
export function secretOf(pasted: string): string {
  const text = pasted.trim();
  return text.slice(text.lastIndexOf("#") + 1).trim();
}
