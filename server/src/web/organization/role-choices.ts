/** The roles as they are chosen, each with what it may. */
import { memberRoles } from "daybook/internal";
import { roles } from "../base/roles.ts";
import type { RadioChoice } from "../kit/components/radios/choice.tsx";

export const roleChoices: readonly RadioChoice[] = memberRoles.map((value) => ({
  value,
  text: roles[value].name,
  hint: roles[value].may,
}));
