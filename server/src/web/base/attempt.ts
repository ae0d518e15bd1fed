/** Tries the request of a form; if a service refuses it, the page appears again with the errors at the fields. */
import type { DaybookError } from "daybook/internal";
import { daybookErrorOf } from "../../http/index.ts";
import type { Explain } from "../../services.ts";
import type { FieldError } from "../kit/components/error-summary/error-summary.tsx";
import { soon } from "../kit/time/soon.ts";

/** Why a request failed, for its page. */
export class RefusedForm {
  readonly status: number;
  readonly errors: readonly FieldError[];

  constructor(status: number, errors: readonly FieldError[]) {
    this.status = status;
    this.errors = errors;
  }

  /** The error of a field; undefined if there is none. */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message;
  }
}

/** The form of the page. */
interface AttemptOptions {
  readonly explain: Explain;
  /** The field of each JSON Pointer, if it isn't the pointer's own name: `/expiresOn` is the field `expiresOn`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The field for errors without one; if absent, they appear only at the top. */
  readonly otherwise?: string;
}

/** Errors that aren't about the form: sign in first, confirm the identity first, sent from another site. */
const elsewhere: ReadonlySet<string> = new Set([
  "not-authenticated",
  "reauthentication-needed",
  "cross-site",
  "shutting-down",
]);

/**
 * The result, or why there is none.
 * @throws errors that aren't about the form: `not-authenticated`, `cross-site`, failures of the server
 */
export async function attempt<T>(work: () => Promise<T>, asking: AttemptOptions): Promise<T | RefusedForm> {
  try {
    return await work();
  } catch (thrown) {
    const error = daybookErrorOf(thrown, asking.explain);
    if ((error.status >= 500 && error.status !== 503) || elsewhere.has(error.code)) throw thrown;
    return refusedBy(error, asking);
  }
}

function refusedBy(
  error: DaybookError,
  { fields = {}, otherwise }: Omit<AttemptOptions, "explain">,
): RefusedForm {
  const fieldOf = (pointer: string): string => fields[pointer] ?? pointer.slice(1).replaceAll("/", "-");
  const errors = error.issues.map(({ pointer, detail }) => ({ field: fieldOf(pointer), message: detail }));
  if (errors.length > 0) return new RefusedForm(error.status, errors);
  return new RefusedForm(error.status, [{ field: otherwise, message: sentenceOf(error) }]);
}

/** The text for an error without a field: what happened, and what to do. */
function sentenceOf({ message, remedy, retryAfter, isForLater }: DaybookError): string {
  return `${message} ${isForLater ? `Try again ${soon(retryAfter ?? 1)}.` : remedy}`;
}
