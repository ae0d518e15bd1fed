/**
 * Tells the server this browser's time zone, in a cookie, for later pages; a page with times in another zone is loaded again. `data-zone`
 * of the document is the zone that the server assumed; absent if it knows the zone, or there are no times.
 */
const lifetime = 365 * 86_400;

export function tellZone(): void {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const isSecure = location.protocol === "https:";
  const pair = `${isSecure ? "__Host-" : ""}daybook-zone=${encodeURIComponent(timeZone)}`;
  const isKnown = (): boolean => document.cookie.split("; ").includes(pair);
  if (isKnown()) return;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the cookie store
  document.cookie = `${pair}; path=/; max-age=${lifetime}; samesite=lax${isSecure ? "; secure" : ""}`;
  const supposed = document.documentElement.dataset.zone;
  if (supposed !== undefined && supposed !== timeZone && isKnown()) location.reload();
}
