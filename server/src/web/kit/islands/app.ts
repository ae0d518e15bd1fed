/** The script of every page: each island enhances elements of the page, which also works without it. */
import { keepTimesCurrent } from "./ago.ts";
import { takeCode } from "./code.ts";
import { addCopying } from "./copy.ts";
import { followDownload } from "./download.ts";
import { focusOnErrors } from "./error-summary.ts";
import { takeFocus } from "./focus.ts";
import { fitFrame } from "./frame.ts";
import { loadList } from "./later.ts";
import { pressBySpace } from "./link-button.ts";
import { followList } from "./live.ts";
import { closeMenus } from "./menu.ts";
import { addShowing } from "./password.ts";
import { keepSheet } from "./sheet.ts";
import { tellZone } from "./zone.ts";

/** By the `data-island` of the element that it enhances. */
const islands: Readonly<Record<string, (element: HTMLElement) => void>> = {
  ago: keepTimesCurrent,
  code: takeCode,
  copy: addCopying,
  download: followDownload,
  "error-summary": focusOnErrors,
  "link-button": pressBySpace,
  list: loadList,
  live: followList,
  menu: closeMenus,
  "notification-banner": takeFocus,
  "open-link": takeCode,
  password: addShowing,
};

for (const element of document.querySelectorAll<HTMLElement>("[data-island]"))
  islands[element.dataset.island ?? ""]?.(element);
tellZone();
keepSheet();
fitFrame();
