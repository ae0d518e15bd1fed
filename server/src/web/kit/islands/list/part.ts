/** Asks for a part of a page. */

/** The HTML that the server wrote; undefined if it doesn't come. */
export async function partOf(page: string, part: string): Promise<string | undefined> {
  const address = new URL(page);
  address.searchParams.set("part", part);
  const answer = await fetch(address).catch(() => undefined);
  // who is signed out is led elsewhere
  return answer?.ok && !answer.redirected ? answer.text().catch(() => undefined) : undefined;
}
