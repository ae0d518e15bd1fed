/** The examples of the kit's components, for the gallery and the tests. A new component adds a line here. */
import { breakdowns } from "./breakdown/examples.tsx";
import { buttons } from "./button/examples.tsx";
import { checkboxes } from "./checkboxes/examples.tsx";
import { chips } from "./chips/examples.tsx";
import { codeBlocks } from "./code-block/examples.tsx";
import { copyButtons } from "./copy-button/examples.tsx";
import { dateInputs } from "./date-input/examples.tsx";
import { details } from "./details/examples.tsx";
import { emails } from "./email/examples.tsx";
import { emptyStates } from "./empty-state/examples.tsx";
import { errorMessages } from "./error-message/examples.tsx";
import { errorSummaries } from "./error-summary/examples.tsx";
import type { Examples } from "./example.ts";
import { finds } from "./find/examples.tsx";
import { formGroups } from "./form-group/examples.tsx";
import { frameDocuments } from "./frame-document/examples.tsx";
import { histograms } from "./histogram/examples.tsx";
import { iconExamples } from "./icon/examples.tsx";
import { itemLists } from "./item-list/examples.tsx";
import { laterParts } from "./later-part/examples.tsx";
import { layouts } from "./layout/examples.tsx";
import { lineDiffs } from "./line-diff/examples.tsx";
import { links } from "./links/examples.tsx";
import { lives } from "./live/examples.tsx";
import { marks } from "./mark/examples.tsx";
import { markedTexts } from "./marked-text/examples.tsx";
import { menus } from "./menu/examples.tsx";
import { notificationBanners } from "./notification-banner/examples.tsx";
import { pageHeadings } from "./page-heading/examples.tsx";
import { paginations } from "./pagination/examples.tsx";
import { panels } from "./panel/examples.tsx";
import { passwordInputs } from "./password-input/examples.tsx";
import { qrCodes } from "./qr-code/examples.tsx";
import { radios } from "./radios/examples.tsx";
import { selects } from "./select/examples.tsx";
import { summaryLists } from "./summary-list/examples.tsx";
import { tables } from "./table/examples.tsx";
import { tabLists } from "./tabs/examples.tsx";
import { tags } from "./tag/examples.tsx";
import { textInputs } from "./text-input/examples.tsx";
import { textareas } from "./textarea/examples.tsx";
import { times } from "./time/examples.tsx";
import { warningTexts } from "./warning-text/examples.tsx";

export const examples: readonly Examples[] = [
  breakdowns,
  buttons,
  checkboxes,
  chips,
  codeBlocks,
  copyButtons,
  dateInputs,
  details,
  emails,
  emptyStates,
  errorMessages,
  errorSummaries,
  finds,
  formGroups,
  frameDocuments,
  histograms,
  iconExamples,
  itemLists,
  laterParts,
  layouts,
  lineDiffs,
  links,
  lives,
  markedTexts,
  marks,
  menus,
  notificationBanners,
  pageHeadings,
  paginations,
  panels,
  passwordInputs,
  qrCodes,
  radios,
  selects,
  summaryLists,
  tables,
  tabLists,
  tags,
  textInputs,
  textareas,
  times,
  warningTexts,
];
