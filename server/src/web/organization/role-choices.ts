/** The roles as choices, each with what it may do. */
import { memberRoles } from "daybook/internal";
import { roles } from "../base/roles.ts";
import type { RadioChoice } from "../kit/components/radios/choice.tsx";

export const roleChoices: readonly RadioChoice[] = memberRoles.map((value) => ({
  value,
  text: roles[value].name,
  hint: roles[value].may,
}));
