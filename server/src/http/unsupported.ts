/** Errors for bodies of an unsupported type (415): which type it is, and what to send instead. */
import { DaybookError } from "daybook/internal";

/** `isCoding`: the type is right, but the compression is not supported. */
export class Unsupported extends DaybookError {
  readonly isCoding: boolean;

  constructor(detail: string, remedy: string, isCoding = false) {
    super("media-type-unsupported", { detail, remedy });
    this.isCoding = isCoding;
  }
}

export const compressed = (): Unsupported =>
  new Unsupported("The Content-Encoding says that the body is compressed.", "Send it uncompressed.", true);

const sendType = "Send Content-Type: application/json, or application/x-ndjson for events.";

/** Other names of NDJSON, which has no registered one. */
const linesTypes: readonly string[] = [
  "application/ndjson",
  "application/jsonl",
  "application/x-jsonl",
  "application/jsonlines",
  "application/x-jsonlines",
  "application/json-lines",
  "application/stream+json",
  "text/x-ndjson",
];

/** For an unsupported Content-Type, or none. */
export function unsupportedType(header: string | undefined): Unsupported {
  const type = (header ?? "").split(";", 1)[0]!.trim().toLowerCase();
  if (type === "") return new Unsupported("The request has a body and no Content-Type.", sendType);
  // other types aren't quoted
  if (!/^[\w.+-]{1,64}\/[\w.+-]{1,64}$/.test(type))
    return new Unsupported("The Content-Type is one that no address takes.", sendType);
  if (linesTypes.includes(type))
    return new Unsupported(
      `The Content-Type is ${type}, one that no address takes.`,
      "Send events a line as Content-Type: application/x-ndjson.",
    );
  if (type === "application/x-www-form-urlencoded")
    return new Unsupported(
      "The Content-Type is that of a form, which curl -d and other clients send where none is named.",
      sendType,
    );
  return new Unsupported(`The Content-Type is ${type}, one that no address takes.`, sendType);
}
