/** Runs fsck for a command: prints findings and progress, and stops at a signal. */
import { beyondFsck, type Finding, type FsckPosition, fsck, theStart } from "../integrity/index.ts";
import { endProgress, notice, print, progress } from "./output.ts";

/** What a check came to. */
export interface CheckResult extends Pick<FsckPosition, "organizations" | "events" | "findings"> {
  /** The signal that stopped it; undefined if it is complete. */
  readonly stoppedBy: "SIGINT" | "SIGTERM" | undefined;
}

export interface CheckOptions {
  /** Only these organizations, by slug or id. */
  readonly only?: readonly string[] | undefined;
  readonly from?: FsckPosition | undefined;
  readonly json?: boolean | undefined;
  /** Called with positions from which a later check can go on. */
  readonly onPosition?: (position: FsckPosition) => void;
  /** Where signals come from; default: the process. */
  readonly signals?: Pick<NodeJS.EventEmitter, "once" | "off">;
}

/** How often a line says how far the check is, where no terminal shows it. */
const linesEveryMs = 30_000;

/** Checks until the end, or until SIGINT or SIGTERM; a second signal ends the process. */
export async function check(store: Parameters<typeof fsck>[0], options: CheckOptions): Promise<CheckResult> {
  const { only, from, json = false, onPosition, signals = process } = options;
  let at = from ?? theStart;
  let stoppedBy: CheckResult["stoppedBy"];
  let findings = at.findings;
  const stop = (signal: "SIGINT" | "SIGTERM"): void => {
    stoppedBy = signal;
    endProgress();
    notice("Stopping after this part.");
  };
  for (const signal of ["SIGINT", "SIGTERM"]) signals.once(signal, stop);
  const checking = fsck(store, {
    only,
    from,
    onProgress: showProgress(),
    onNote: (sentence) => {
      endProgress();
      notice(sentence);
    },
    onPosition: (position) => {
      at = position;
      onPosition?.(position);
    },
    goOn: async () => stoppedBy === undefined,
  });
  try {
    for await (const finding of checking) {
      findings++;
      endProgress();
      print(json ? asJson(finding) : finding.sentence);
    }
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"]) signals.off(signal, stop);
    endProgress();
  }
  const { organizations, events } = at;
  return { organizations, events, findings, stoppedBy };
}

/** A line that the next one overwrites; without a terminal, a line now and then. */
function showProgress(): (at: { readonly organization: string; readonly events: number }) => void {
  let shown = performance.now();
  return ({ organization, events }) => {
    const line = `${events} events read, now ${organization}`;
    progress(line);
    if (process.stderr.isTTY || performance.now() - shown < linesEveryMs) return;
    shown = performance.now();
    notice(line);
  };
}

const asJson = (value: Finding): string =>
  JSON.stringify(value, (_, member: unknown) => (typeof member === "bigint" ? Number(member) : member));

/** The result in words, and what no check can show. */
export function noticeResult({ organizations, events, findings }: CheckResult, done: string): void {
  const found = findings === 0 ? "no differences found" : `${findings} findings`;
  notice(`${done}${events} events of ${organizations} organizations read, ${found}.`);
  notice(beyondFsck);
}
