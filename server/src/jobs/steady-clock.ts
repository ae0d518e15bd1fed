/**
 * Whether the wall clock may be trusted by work that acts on time and can't be undone, such as recording that something has expired. A clock
 * that jumped against the monotonic one may be wrong: the work then waits until it is back, or has run on for an hour.
 */

/** The clocks, in milliseconds. */
export interface SteadyClockOptions {
  readonly wall?: () => number;
  /** Never jumps; counts from any time. */
  readonly monotonic?: () => number;
  /** Called once for each jump, with its seconds: positive if the clock is ahead of where it was. */
  readonly jumped?: (seconds: number) => void;
}

export interface SteadyClock {
  /** Whether the clock has run on as it should since the process started, or since it was last set an hour ago. */
  isSteady(): boolean;
}

/** A larger difference is a jump; a clock that NTP corrects stays below. */
const jumpMs = 60_000;
/** After this long, a clock that was set counts as right: a machine that slept, or had a wrong clock at its start. */
const settledMs = 3_600_000;

export function openSteadyClock(options: SteadyClockOptions = {}): SteadyClock {
  const { wall = Date.now, monotonic = () => performance.now(), jumped = () => {} } = options;
  const offset = (): number => wall() - monotonic();
  let trusted = offset();
  let jump: { readonly offset: number; readonly at: number } | undefined;
  return {
    isSteady() {
      const now = offset();
      if (Math.abs(now - trusted) <= jumpMs) {
        jump = undefined;
        trusted = now;
        return true;
      }
      if (jump === undefined || Math.abs(now - jump.offset) > jumpMs) {
        jump = { offset: now, at: monotonic() };
        jumped(Math.round((now - trusted) / 1_000));
      }
      if (monotonic() - jump.at < settledMs) return false;
      jump = undefined;
      trusted = now;
      return true;
    },
  };
}
