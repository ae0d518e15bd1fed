/** Which organizations a caller may list. */
import type { KnownCaller } from "../access/index.ts";
import type { Whose } from "../people/index.ts";

/** Whose organizations a caller may know of. */
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
