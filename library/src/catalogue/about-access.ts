/** Definitions that event types about access share. */
import { bob, type Definition, define } from "./define.ts";
import type { EventType } from "./event-type.ts";

type AccessDefinition = Omit<Definition, "about" | "firstTarget" | "writer"> &
  Partial<Pick<Definition, "firstTarget">>;

/** A type about access. Only the server writes it, and its target is a user by default. */
export const aboutAccess = (words: AccessDefinition): EventType =>
  define({
    about: "access",
    writer: "server",
    firstTarget: ["user"],
    ...words,
    example: { targets: [bob], ...words.example },
  });

/** A digest for the examples: that of 32 zero bytes. */
export const exampleCredential = "acsOUT5r4x0sbIk3rm4esOSeQ_uqd8JxhsfsGhtFfrA";
