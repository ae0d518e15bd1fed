/**
 * Loads the file of a style sheet that is within the page, when the page is complete, and notes in a cookie that this browser has it: later
 * pages then have a link instead.
 */
const lifetime = 365 * 86_400;

export function keepSheet(): void {
  const file = document.querySelector<HTMLStyleElement>("style[data-file]")?.dataset.file;
  const [, hash] = /-(\w+)\.css$/.exec(file ?? "") ?? [];
  if (file === undefined || hash === undefined) return;
  const load = async (): Promise<void> => {
    const answer = await fetch(file, { priority: "low" }).catch(() => undefined);
    // a body that nobody reads can be dropped
    if (!answer?.ok || (await answer.text().catch(() => undefined)) === undefined) return;
    const isSecure = location.protocol === "https:";
    const pair = `${isSecure ? "__Host-" : ""}daybook-sheet=${hash}`;
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the cookie store
    document.cookie = `${pair}; path=/; max-age=${lifetime}; samesite=lax${isSecure ? "; secure" : ""}`;
  };
  if (document.readyState === "complete") void load();
  else addEventListener("load", () => void load(), { once: true });
}
