/** Loads the parts of the page that come later, each when it comes into view. If one doesn't come, its link stays. */
import { partOf } from "./part.ts";

export function loadParts(): void {
  const watch = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watch.unobserve(target);
      void load(target as HTMLElement);
    }
  });
  for (const part of document.querySelectorAll("[data-part]")) watch.observe(part);
}

async function load(part: HTMLElement): Promise<void> {
  const page = part.querySelector("a")?.href;
  const html = page === undefined ? undefined : await partOf(page, part.dataset.part ?? "");
  if (html !== undefined) part.outerHTML = html;
}
