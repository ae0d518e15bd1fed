/** Tells the server this browser's time zone, in a cookie, for pages to come. */
const lifetime = 365 * 86_400;

export function tellZone(): void {
  const zone = encodeURIComponent(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const isSecure = location.protocol === "https:";
  const pair = `${isSecure ? "__Host-" : ""}daybook-zone=${zone}`;
  if (document.cookie.split("; ").includes(pair)) return;
  // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the cookie store
  document.cookie = `${pair}; path=/; max-age=${lifetime}; samesite=lax${isSecure ? "; secure" : ""}`;
}
