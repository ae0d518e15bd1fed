/** What event types about access have in common. It refuses to know which there are. */
import { bob, type Definition, define } from "./define.ts";
import type { EventType } from "./event-type.ts";

type AccessDefinition = Omit<Definition, "about" | "firstTarget" | "writer"> &
  Partial<Pick<Definition, "firstTarget">>;

/** A type about who gets in, written by the server only, about a user unless it says otherwise. */
export const aboutAccess = (words: AccessDefinition): EventType =>
  define({
    about: "access",
    writer: "server",
    firstTarget: ["user"],
    ...words,
    example: { targets: [bob], ...words.example },
  });

/** Of the examples: that of 32 zero bytes. */
export const exampleCredential = "acsOUT5r4x0sbIk3rm4esOSeQ_uqd8JxhsfsGhtFfrA";
