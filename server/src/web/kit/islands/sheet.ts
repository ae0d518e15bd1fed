/**
 * Notes in a cookie that this browser has the style sheet, once it is loaded: later pages then don't have it within. The first page loads
 * it for print only, which delays nothing.
 */
const lifetime = 365 * 86_400;

export function keepSheet(): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"][media="print"]');
  const [, hash] = /-(\w+)\.css$/.exec(link?.href ?? "") ?? [];
  if (link === null || hash === undefined) return;
  const note = (): void => {
    const isSecure = location.protocol === "https:";
    const pair = `${isSecure ? "__Host-" : ""}daybook-sheet=${hash}`;
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the cookie store
    document.cookie = `${pair}; path=/; max-age=${lifetime}; samesite=lax${isSecure ? "; secure" : ""}`;
  };
  if (link.sheet === null) link.addEventListener("load", note);
  else note();
}
