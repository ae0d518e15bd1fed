/** What a check found wrong, place by place, and the checks of single strings. It refuses to know which member is which. */
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

/** No more issues than this, nor pointers longer than that in all: an answer must not outgrow what was sent. */
const MOST = 50;
const MOST_POINTERS = 16 * 1024;

/** Collects issues, up to a limit. Pointers given to it start at the event; it puts the event's own pointer in front. */
export class Issues {
  readonly found: Issue[] = [];
  private readonly base: string;
  private pointers = 0;

  constructor(base: string) {
    this.base = base;
  }

  /** True once nothing more is taken in. */
  get isFull(): boolean {
    return this.found.length >= MOST || this.pointers >= MOST_POINTERS;
  }

  /** `place` is the pointer of an object or list, `name` the member or element in it that is wrong. */
  add(place: string, name: string | number, problem: { detail: string; remedy?: string }): void {
    this.at(pointerTo(place, name), problem);
  }

  /** About what lies at `place` itself. */
  at(place: string, problem: { detail: string; remedy?: string }): void {
    if (this.isFull) return;
    const pointer = this.base + place;
    this.pointers += pointer.length;
    this.found.push({ pointer, ...problem });
  }

  /** About a member that must be there, and is not: it is absent, or null. */
  missing(place: string, name: string, value: null | undefined): void {
    if (value === undefined)
      this.at(place, { detail: `The member ${name} is missing.`, remedy: `Add ${name}.` });
    else this.add(place, name, { detail: `${name} is null.`, remedy: `Give ${name} a value.` });
  }

  /** A member that this format doesn't have. */
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

  /** A string of at most `limit` bytes. */
  text(value: Json, place: string, name: string, limit: number): void {
    if (typeof value !== "string") {
      this.add(place, name, { detail: `${name} must be a string.`, remedy: stringRemedy(value) });
    } else if (!fitsUtf8(value, limit)) {
      const detail = `${name} has ${utf8Length(value)} bytes; ${limit} are allowed.`;
      this.add(place, name, { detail, remedy: "Shorten it, and name the place in context.adjusted." });
    }
  }

  /** About what lies at `place` and should be an object, like `example`. */
  notObject(place: string, value: Json, { what, example }: { what: string; example: string }): void {
    this.at(place, { detail: `${what} must be an object.`, remedy: objectRemedy(value, example) });
  }

  /** About what lies at `place` and should be a list, like `example`. */
  notList(place: string, value: Json, { what, example }: { what: string; example: string }): void {
    this.at(place, { detail: `${what} must be a list.`, remedy: listRemedy(value, example) });
  }

  /** An id: a string of 1 to `limit` bytes. */
  id(value: Json, place: string, name: string, limit: number): void {
    if (value === "")
      this.add(place, name, { detail: `${name} is empty.`, remedy: emptyRemedy(place, name) });
    else this.text(value, place, name, limit);
  }

  /** One of a few strings. */
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
