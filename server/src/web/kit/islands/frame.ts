/**
 * Tells the page that shows this one in a frame its height, so that nothing in it has to scroll, and when the session has ended: on a page
 * that says so, else by the clock. It sends this only to the origins in the document's `data-frame`.
 */
export function fitFrame(): void {
  const root = document.documentElement;
  const { frame, ended, endsIn } = root.dataset;
  if (!frame || parent === window) return;
  const [above] = location.ancestorOrigins ?? [];
  const allowed = frame.split(" ");
  const postToHost = (message: object): void => {
    // if the browser doesn't say who shows the page, it delivers messages only to their origin
    for (const origin of allowed)
      if (above === undefined || above === origin) parent.postMessage(message, origin);
  };
  postToHost({ type: "daybook:page" });
  if (ended !== undefined) postToHost({ type: "daybook:ended" });
  else if (endsIn !== undefined) setTimeout(() => postToHost({ type: "daybook:ended" }), Number(endsIn));
  new ResizeObserver(() =>
    postToHost({ type: "daybook:height", height: Math.ceil(document.body.getBoundingClientRect().height) }),
  ).observe(document.body);
}
