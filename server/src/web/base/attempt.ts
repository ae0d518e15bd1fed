/** What a form asks for is tried; where a room refuses it, the page is shown again with what is wrong, at the fields. */
import type { DaybookError } from "daybook/internal";
import { daybookErrorOf } from "../../http/index.ts";
import type { Explain } from "../../services.ts";
import type { FieldError } from "../kit/components/error-summary/error-summary.tsx";
import { soon } from "../kit/time/soon.ts";

/** Why something was not done, for the page that asked. */
export class RefusedForm {
  readonly status: number;
  readonly errors: readonly FieldError[];

  constructor(status: number, errors: readonly FieldError[]) {
    this.status = status;
    this.errors = errors;
  }

  /** What is wrong with a field; undefined: nothing. */
  of(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message;
  }
}

/** What the page's form is like. */
interface AttemptOptions {
  readonly explain: Explain;
  /** The field of each JSON Pointer, where it isn't the pointer's own name: `/expiresOn` is the field `expiresOn`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The field that whatever belongs to none is shown at; absent: only at the top. */
  readonly otherwise?: string;
}

/** These are no matter of the form: who isn't signed in has to, or has to show who they are once more, and who was sent by another site isn't let in. */
const elsewhere: ReadonlySet<string> = new Set([
  "not-authenticated",
  "reauthentication-needed",
  "cross-site",
  "shutting-down",
]);

/**
 * The result, or why there is none.
 * @throws whatever is no matter of the form: `not-authenticated`, `cross-site`, failures of ours
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

/** What is said where no field is to blame: what happened, and what to do. */
function sentenceOf({ message, remedy, retryAfter, isForLater }: DaybookError): string {
  return `${message} ${isForLater ? `Try again ${soon(retryAfter ?? 1)}.` : remedy}`;
}
