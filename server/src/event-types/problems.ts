/** Collects the faults of a definition, place by place, with the checks that several places need. */
import { type Issue, isPointer, type Json, type JsonObject, pointerTo } from "daybook/internal";

/** All of Cc: a title or sentence is one line. */
const controls = /\p{Cc}/u;

export const isPlainObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export class Problems {
  readonly found: Issue[] = [];

  add(pointer: string, detail: string, remedy: string): void {
    this.found.push({ pointer, detail, remedy });
  }

  /** A string of 1 to `limit` characters on one line. */
  text(value: Json | undefined, pointer: string, limit: number): value is string {
    if (typeof value !== "string") this.add(pointer, "This must be a string.", "Send a string.");
    else if (value.trim() === "") this.add(pointer, "This is empty.", "Fill it in.");
    else if (value.length > limit)
      this.add(pointer, `This must be at most ${limit} characters long.`, "Shorten it.");
    else if (controls.test(value))
      this.add(pointer, "This contains a control character.", "Write it on one line.");
    else return true;
    return false;
  }

  object(value: Json | undefined, pointer: string): value is JsonObject {
    if (isPlainObject(value)) return true;
    this.add(pointer, "This must be an object.", "Send an object.");
    return false;
  }

  /** A list of at most `limit` items; `each` checks an item. */
  list(
    value: Json | undefined,
    { pointer, limit }: { pointer: string; limit: number },
    each: (item: Json, pointer: string) => void,
  ): value is Json[] {
    if (!Array.isArray(value)) {
      this.add(pointer, "This must be a list.", "Send a list.");
      return false;
    }
    if (value.length > limit) this.add(pointer, `This must be a list of at most ${limit}.`, "Send fewer.");
    else for (const [i, item] of value.entries()) each(item, pointerTo(pointer, i));
    return value.length <= limit;
  }

  /** A JSON Pointer to a member, such as `/name`. */
  pointer(value: Json | undefined, pointer: string): value is string {
    if (!this.text(value, pointer, 256)) return false;
    if (value.startsWith("/") && isPointer(value)) return true;
    this.add(pointer, "This must be a JSON Pointer.", "Write it like /name (RFC 6901).");
    return false;
  }

  oneOf(value: Json | undefined, pointer: string, allowed: readonly string[]): void {
    if (typeof value === "string" && allowed.includes(value)) return;
    this.add(pointer, `This must be one of ${allowed.join(", ")}.`, "Send one of these.");
  }

  /** Allows only known members. */
  only(value: JsonObject, pointer: string, known: readonly string[]): void {
    for (const name of Object.keys(value)) {
      if (!known.includes(name))
        this.add(
          pointerTo(pointer, name),
          "There is no such member here.",
          `Leave it out. Known here: ${known.join(", ")}.`,
        );
    }
  }
}
