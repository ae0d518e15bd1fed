/** The one error that Daybook throws on purpose, and its form on the wire (RFC 9457). Anything else thrown is a bug. */
import { type Code, codes } from "./codes.ts";

/** One place that was refused: an RFC 6901 pointer into what was sent, what was wrong there, and the remedy. */
export interface Issue {
  readonly pointer: string;
  readonly detail: string;
  readonly remedy?: string;
}

/** An `application/problem+json` document (RFC 9457) with Daybook's members `code`, `remedy` and `errors`. */
export interface Problem {
  /** Relative to the address that was asked (RFC 9457 section 3.1.1): `/docs/errors#` and the code, a page of the server's own. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: Code;
  readonly remedy: string;
  readonly errors?: readonly Issue[];
}

/** What may go with an error besides its code. `retryAfter` is in seconds. */
export interface ErrorDetails {
  readonly detail?: string;
  readonly remedy?: string;
  readonly issues?: readonly Issue[];
  readonly retryAfter?: number;
  readonly cause?: unknown;
}

/** An error with a code of the table. `message` is the detail, or the code's own sentence. */
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

  /** The HTTP status of the code; 0 where it never crosses HTTP. */
  get status(): number {
    return codes[this.code].status;
  }

  /** Whether the same request may do once some time has passed. */
  get isForLater(): boolean {
    return (this.status === 429 || this.status === 503) && codes[this.code].waiting !== false;
  }

  /** The problem document; personal data and secrets never go into one. */
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

/** A refusal of one place: the usual case in readers and validators. */
export const refuse = (code: Code, issue: Issue): DaybookError =>
  new DaybookError(code, {
    detail: issue.detail,
    issues: [issue],
    ...(issue.remedy ? { remedy: issue.remedy } : {}),
  });
