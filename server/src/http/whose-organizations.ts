/** Finds the organizations that a caller can list. */
import type { KnownCaller } from "../access/index.ts";
import type { Whose } from "../people/index.ts";

/** The organizations that a caller may see. */
export function whoseOrganizations(caller: KnownCaller): Whose {
  switch (caller.kind) {
    case "operator":
      return "everything";
    case "user":
      return caller.user.isOperator ? "everything" : { userId: caller.user.userId };
    default:
      return { only: caller.organization };
  }
}
