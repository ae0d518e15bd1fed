/**
 * The host's page in the browser: asks its own back end for the log's address, shows it, and fits the frame to what it says.
 * It believes only what comes from that very frame.
 */
const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
const status = /** @type {HTMLElement} */ (document.querySelector("[role=status]"));
const button = /** @type {HTMLButtonElement} */ (document.querySelector("button"));

let pages = 0;

async function open() {
  button.hidden = true;
  status.textContent = "The log is being opened.";
  const answer = await fetch(`/log${location.search}`, { method: "POST" }).catch(() => undefined);
  if (!answer?.ok) {
    status.textContent = "The log can't be shown right now.";
    button.hidden = false;
    return;
  }
  const { url } = await answer.json();
  pages = 0;
  frame.src = url;
  frame.hidden = false;
}

addEventListener("message", ({ source, origin, data }) => {
  if (source !== frame.contentWindow || origin !== new URL(frame.src).origin) return;
  if (data.type === "daybook:height") {
    frame.style.height = `${data.height}px`;
    status.textContent = "";
  }
  // whoever went on to another page of the log begins at its top; the first two are the opening and the log itself
  if (data.type === "daybook:page" && ++pages > 2 && frame.getBoundingClientRect().top < 0)
    frame.scrollIntoView();
  if (data.type === "daybook:ended") button.hidden = false;
});

button.addEventListener("click", open);
open();
