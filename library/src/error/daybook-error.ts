/** The one error that Daybook throws on purpose, and its form over HTTP (RFC 9457). Any other error is a bug. */
import { type Code, codes } from "./codes.ts";

/** One invalid place: an RFC 6901 pointer into the request, what is wrong there, and the remedy. */
export interface Issue {
  /** Where: an RFC 6901 JSON Pointer into the request, such as `/actor/id`. */
  readonly pointer: string;
  /** What is wrong there, as a sentence. */
  readonly detail: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Where in the text at the pointer, if only a part of it is wrong: in characters (code points) from 0, `end` exclusive. */
  readonly place?: { readonly start: number; readonly end: number };
}

/** An `application/problem+json` document (RFC 9457) with Daybook's members `code`, `remedy` and `errors`. */
export interface Problem {
  /**
   * `/docs/errors#` and the code, relative to the address of the request (RFC 9457 section 3.1.1): the server's own
   * page of errors. Below a path of the server, it begins with that path.
   */
  readonly type: string;
  /** The sentence of the code, the same for every error with that code. */
  readonly title: string;
  /** The HTTP status. */
  readonly status: number;
  /** What is wrong in this case. */
  readonly detail: string;
  /** The code, by which programs tell errors apart. */
  readonly code: Code;
  /** What to do about it. */
  readonly remedy: string;
  /** The invalid places, at most 50. */
  readonly errors?: readonly Issue[];
}

/**
 * Optional members of an error. `retryAfter` is in seconds.
 * @inline
 */
export interface ErrorDetails {
  /** What is wrong in this case; the default is the sentence of the code. */
  readonly detail?: string | undefined;
  /** What to do about it; the default is the remedy of the code. */
  readonly remedy?: string | undefined;
  /** The invalid places. */
  readonly issues?: readonly Issue[] | undefined;
  /** When the same request can succeed, in seconds from now. */
  readonly retryAfter?: number | undefined;
  /** The error that led to this one. */
  readonly cause?: unknown;
}

/** An error with a code of the table. `message` is the detail; the default is the code's own sentence. */
export class DaybookError extends Error {
  /** The code, by which programs tell errors apart. */
  readonly code: Code;
  /** What to do about it, as a sentence. */
  readonly remedy: string;
  /** The invalid places; empty if the request as a whole is wrong. */
  readonly issues: readonly Issue[];
  /** When the same request can succeed, in seconds from now; undefined if the server did not say. */
  readonly retryAfter: number | undefined;

  /** Makes an error with a code of the table; everything else has defaults. */
  constructor(code: Code, details: ErrorDetails = {}) {
    super(
      details.detail ?? codes[code].title,
      details.cause === undefined ? undefined : { cause: details.cause },
    );
    this.name = "DaybookError";
    this.code = code;
    this.remedy = details.remedy ?? codes[code].remedy;
    this.issues = details.issues ?? [];
    this.retryAfter = details.retryAfter;
  }

  /** The HTTP status of the code; 0 if it never crosses HTTP. */
  get status(): number {
    return codes[this.code].status;
  }

  /** Whether the same request can succeed later. */
  get isForLater(): boolean {
    return (this.status === 429 || this.status === 503) && codes[this.code].waiting !== false;
  }

  /** The problem document. It never contains personal data or secrets. */
  toProblem(): Problem {
    return {
      type: `/docs/errors#${this.code}`,
      title: codes[this.code].title,
      status: this.status,
      detail: this.message,
      code: this.code,
      remedy: this.remedy,
      ...(this.issues.length > 0 ? { errors: this.issues } : {}),
    };
  }
}

/** An error with one invalid place: the usual case in readers and validators. */
export const refuse = (code: Code, issue: Issue): DaybookError =>
  new DaybookError(code, {
    detail: issue.detail,
    issues: [issue],
    ...(issue.remedy ? { remedy: issue.remedy } : {}),
  });
