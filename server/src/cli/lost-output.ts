/** Failures of standard output: what reads it has ended, or the file behind it can't be written. */
import { DaybookError } from "daybook/internal";
import { fileTrouble } from "../files/index.ts";

const incomplete = (why: string, remedy: string, cause: unknown): DaybookError =>
  new DaybookError("usage-invalid", { detail: `The output is not complete: ${why}.`, remedy, cause });

/** The error in words; undefined if it is another one. Node throws it where nothing can catch it. */
export function lostOutput(error: unknown): DaybookError | undefined {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall !== "write") return undefined;
  if (code === "EPIPE")
    return incomplete(
      "what reads it has ended",
      "Run the command again, and read its output to the end.",
      error,
    );
  const trouble = fileTrouble(error);
  return trouble && incomplete(trouble.why, trouble.remedy, error);
}
