/** The roles as they are chosen, each with what it may. */
import { memberRoles } from "../../../people/index.ts";
import type { Choice } from "../../components/radios/choice.tsx";
import { roles } from "../../roles.ts";

export const roleChoices: readonly Choice[] = memberRoles.map((value) => ({
  value,
  text: roles[value].name,
  hint: roles[value].may,
}));
