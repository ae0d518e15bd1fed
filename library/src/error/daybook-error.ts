/** The one error that Daybook throws on purpose, and its form over HTTP (RFC 9457). Any other error is a bug. */
import { type Code, codes } from "./codes.ts";

/** One invalid place: an RFC 6901 pointer into the request, what is wrong there, and the remedy. */
export interface Issue {
  readonly pointer: string;
  readonly detail: string;
  readonly remedy?: string;
}

/** An `application/problem+json` document (RFC 9457) with Daybook's members `code`, `remedy` and `errors`. */
export interface Problem {
  /**
   * `/docs/errors#` and the code, relative to the address of the request (RFC 9457 section 3.1.1): the server's own
   * page of errors.
   */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: Code;
  readonly remedy: string;
  readonly errors?: readonly Issue[];
}

/** Optional members of an error. `retryAfter` is in seconds. */
export interface ErrorDetails {
  readonly detail?: string;
  readonly remedy?: string;
  readonly issues?: readonly Issue[];
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** An error with a code of the table. `message` is the detail; the default is the code's own sentence. */
export class DaybookError extends Error {
  readonly code: Code;
  readonly remedy: string;
  readonly issues: readonly Issue[];
  readonly retryAfter: number | undefined;

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
