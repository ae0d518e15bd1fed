/** Turns an unsuccessful response into a DaybookError. */
import { type Code, codes, DaybookError, type Issue } from "../error/index.ts";
import { readRetryAfter } from "./backoff.ts";

/** The maximum size of an error's body that is read, in bytes. */
const longestProblem = 1_048_576;

const isCode = (value: unknown): value is Code => typeof value === "string" && Object.hasOwn(codes, value);

function placeOf(value: unknown): Pick<Issue, "place"> {
  const { start, end } = (value ?? {}) as Record<string, unknown>;
  const isPlace = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  return isPlace ? { place: { start: start as number, end: end as number } } : {};
}

function issuesOf(value: unknown): Issue[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((row: unknown): Issue[] => {
    const { pointer, detail, remedy, place } = (row ?? {}) as Record<string, unknown>;
    if (typeof pointer !== "string" || typeof detail !== "string") return [];
    return [{ pointer, detail, ...(typeof remedy === "string" ? { remedy } : {}), ...placeOf(place) }];
  });
}

async function bodyOf(response: Response): Promise<Record<string, unknown> | undefined> {
  try {
    if (Number(response.headers.get("content-length") ?? 0) > longestProblem) {
      await response.body?.cancel();
      return undefined;
    }
    const value: unknown = JSON.parse(await response.text());
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The error for a status without a problem document, usually from a proxy. */
function withoutProblem(response: Response, retryAfter: number | undefined): DaybookError {
  const { status } = response;
  const detail = `The answer was ${status} ${response.statusText}`.trim();
  const after = retryAfter === undefined ? {} : { retryAfter };
  if (status === 401) return new DaybookError("not-authenticated", { detail });
  if (status === 403) return new DaybookError("not-allowed", { detail });
  if (status === 429) return new DaybookError("too-many-requests", { detail, ...after });
  if (status === 413) return new DaybookError("body-too-large", { detail });
  if (status >= 502 && status <= 504) return new DaybookError("unreachable", { detail, ...after });
  return new DaybookError("answer-unreadable", { detail: `${detail}, without a problem document` });
}

/**
 * Reads the problem document (RFC 9457) of a response, to its end. If there is none, or its code isn't in the table (from a newer server),
 * the status decides the error.
 */
export async function problemOf(response: Response): Promise<DaybookError> {
  const retryAfter = readRetryAfter(response.headers.get("retry-after"));
  const body = await bodyOf(response);
  if (!body || !isCode(body.code)) {
    const error = withoutProblem(response, retryAfter);
    const message = body && typeof body.detail === "string" ? `${error.message}: ${body.detail}` : undefined;
    return message === undefined
      ? error
      : new DaybookError(error.code, {
          detail: message,
          issues: issuesOf(body?.errors),
          ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
        });
  }
  return new DaybookError(body.code, {
    ...(typeof body.detail === "string" ? { detail: body.detail } : {}),
    ...(typeof body.remedy === "string" ? { remedy: body.remedy } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    issues: issuesOf(body.errors),
  });
}
