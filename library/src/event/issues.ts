/** Collects the issues of a check, place by place, and checks single strings. */
import type { Issue } from "../error/index.ts";
import type { Json } from "./event.ts";
import {
  emptyRemedy,
  isBatchName,
  listRemedy,
  meantMember,
  objectRemedy,
  oneOfRemedy,
  stringRemedy,
} from "./meant.ts";
import { pointerTo } from "./pointer.ts";
import { fitsUtf8, utf8Length } from "./utf8.ts";

/**
 * The maximum of issues, and the maximum length of all their pointers: a response must not be much longer than its
 * request.
 */
const MOST = 50;
const MOST_POINTERS = 16 * 1024;

/**
 * Collects issues up to a limit. Callers pass pointers within the event; this class adds the event's own pointer in
 * front.
 */
export class Issues {
  readonly found: Issue[] = [];
  private readonly base: string;
  private pointers = 0;

  constructor(base: string) {
    this.base = base;
  }

  /** True if the limit is reached. */
  get isFull(): boolean {
    return this.found.length >= MOST || this.pointers >= MOST_POINTERS;
  }

  /** Adds an issue: `place` is the pointer of an object or list, `name` the invalid member or item in it. */
  add(place: string, name: string | number, problem: { detail: string; remedy?: string }): void {
    this.at(pointerTo(place, name), problem);
  }

  /** An issue about the value at `place`. */
  at(place: string, problem: { detail: string; remedy?: string }): void {
    if (this.isFull) return;
    const pointer = this.base + place;
    this.pointers += pointer.length;
    this.found.push({ pointer, ...problem });
  }

  /** An issue about a required member that is absent or null. */
  missing(place: string, name: string, value: null | undefined): void {
    if (value === undefined)
      this.at(place, { detail: `The member ${name} is missing.`, remedy: `Add ${name}.` });
    else this.add(place, name, { detail: `${name} is null.`, remedy: `Give ${name} a value.` });
  }

  /** An issue about a member that the format doesn't have. */
  unknown(place: string, name: string, known: readonly string[]): void {
    if (place === "" && isBatchName(name)) {
      const remedy = 'Send several events as {"events":[…]} and application/json, or one a line as NDJSON.';
      this.add(place, name, { detail: "There is no such member in an event.", remedy });
      return;
    }
    const meant = meantMember(name, known);
    const instead =
      meant === undefined ? "Leave it out" : `Call it ${meant} if that is what you mean, leave it out`;
    this.add(place, name, {
      detail: "There is no such member here.",
      remedy: `${instead}, or move it into data. Known here: ${known.join(", ")}.`,
    });
  }

  /** Checks a string of at most `limit` bytes. */
  text(value: Json, place: string, name: string, limit: number): void {
    if (typeof value !== "string") {
      this.add(place, name, { detail: `${name} must be a string.`, remedy: stringRemedy(value) });
    } else if (!fitsUtf8(value, limit)) {
      const detail = `${name} has ${utf8Length(value)} bytes; ${limit} are allowed.`;
      this.add(place, name, { detail, remedy: "Shorten it, and name the place in context.adjusted." });
    }
  }

  /** An issue about a value at `place` that should be an object, such as `example`. */
  notObject(place: string, value: Json, { what, example }: { what: string; example: string }): void {
    this.at(place, { detail: `${what} must be an object.`, remedy: objectRemedy(value, example) });
  }

  /** An issue about a value at `place` that should be a list, such as `example`. */
  notList(place: string, value: Json, { what, example }: { what: string; example: string }): void {
    this.at(place, { detail: `${what} must be a list.`, remedy: listRemedy(value, example) });
  }

  /** Checks an id: a string of 1 to `limit` bytes. */
  id(value: Json, place: string, name: string, limit: number): void {
    if (value === "")
      this.add(place, name, { detail: `${name} is empty.`, remedy: emptyRemedy(place, name) });
    else this.text(value, place, name, limit);
  }

  /** Checks that a value is one of the allowed strings. */
  oneOf(value: Json, place: string, name: string, allowed: readonly string[]): void {
    if (typeof value === "string" && allowed.includes(value)) return;
    if (value === "") {
      this.add(place, name, { detail: `${name} is empty.`, remedy: emptyRemedy(place, name) });
      return;
    }
    this.add(place, name, {
      detail: `${name} must be one of ${allowed.join(", ")}.`,
      remedy: oneOfRemedy(value, allowed),
    });
  }
}
