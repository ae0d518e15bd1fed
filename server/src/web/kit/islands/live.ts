/**
 * Shows how many events have arrived since the page loaded, wherever they belong in the list: it sends the request of the hidden form while
 * the page is visible and not paused. It doesn't move anything that the reader may be reading.
 */
interface LiveBucket {
  readonly count: number;
  readonly more?: true;
}

/** Milliseconds between two requests; up to the second number if the server doesn't respond. */
const usualWait = 5_000;
const longestWait = 120_000;

export function followList(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const [word, link, button] = ["span", "a", "button"].map((name) => form.querySelector<HTMLElement>(name));
  if (!word || !link || !button) return;
  const { title } = document;
  const address = `${form.action}?${new URLSearchParams(new FormData(form) as unknown as Record<string, string>)}`;
  let isPaused = false;
  let hasEnded = false;
  let wait = usualWait;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();

  const show = (): void => {
    word.textContent = hasEnded ? "Not live" : isPaused ? "Paused" : "Live";
    word.hidden = !link.hidden && !isPaused && !hasEnded;
    form.classList.toggle("db-live--off", isPaused || hasEnded);
  };
  const showCount = (buckets: readonly LiveBucket[]): void => {
    const counted = buckets.reduce((sum, bucket) => sum + bucket.count, 0);
    const count = Math.max(0, counted - Number(form.dataset.shown));
    const orMore = buckets.some(({ more }) => more) ? "+" : "";
    const words = `${count.toLocaleString("en-GB")}${orMore} new ${count === 1 ? "event" : "events"}`;
    if (count === 0 || link.textContent === words) return;
    link.textContent = words;
    link.hidden = false;
    document.title = `(${count}) ${title}`;
  };
  const ask = async (): Promise<void> => {
    const { signal } = asking;
    const answer = await fetch(address, { signal, headers: { "daybook-waiting": "1" } }).catch(
      () => undefined,
    );
    const answered = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
    if (signal.aborted) return;
    // a reader who lost the right gets the reason from the page itself
    hasEnded = answer !== undefined && answer.status >= 400 && answer.status < 500 && answer.status !== 429;
    wait = answered === undefined ? Math.min(2 * wait, longestWait) : usualWait;
    if (answered !== undefined) showCount(answered.buckets);
    show();
    if (!hasEnded) timer = setTimeout(ask, wait);
  };
  const goOn = (): void => {
    clearTimeout(timer);
    asking.abort();
    asking = new AbortController();
    if (!isPaused && !hasEnded && !document.hidden) ask();
  };

  form.hidden = false;
  button.addEventListener("click", () => {
    isPaused = !isPaused;
    (button.firstChild as Text).data = isPaused ? "Resume" : "Pause";
    show();
    goOn();
  });
  document.addEventListener("visibilitychange", goOn);
  // the page shows the present events, so the first request can wait
  if (!document.hidden) timer = setTimeout(ask, wait);
}
