/** Examples of warning texts. */
import type { Examples } from "../example.ts";
import { WarningText } from "./warning-text.tsx";

export const warningTexts: Examples = {
  component: "Warning text",
  examples: [{ name: "default", shown: <WarningText>This is permanent. You cannot undo it.</WarningText> }],
};
