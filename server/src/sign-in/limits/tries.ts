/**
 * Limits of sign-in attempts: a number of failures in a period for one account, and for one network. A caller who has signed in before, in
 * a session or a known browser, has attempts of their own, which others can't use up. The counts are kept in memory, with a limited size,
 * and each process counts separately.
 */
import { DaybookError } from "daybook/internal";

export interface Tries {
  /**
   * Counts an attempt at an account, and from a network if one is known; the returned function takes it back, for attempts that did not
   * fail.
   * @throws DaybookError `too-many-requests`, and then nothing is counted
   */
  begin(from: TriedFrom): () => void;
}

export interface TriedFrom {
  readonly account: string;
  readonly ip: string | undefined;
  /** The key for attempts of the caller's own; undefined if they have none. */
  readonly own?: string | undefined;
}

interface TriesOptions {
  /** Microseconds. */
  readonly clock: () => bigint;
  readonly on: boolean;
}

/** Failures in one period: at one account, from one network, which can be a whole office, and of the caller's own. */
const mostFailures = { account: 10, network: 30, own: 10 } as const;
/** Microseconds. */
const whileLong = 15n * 60_000_000n;
/** The maximum number of keys; beyond it, the oldest is dropped. */
const mostKeys = 20_000;

interface TryCount {
  count: number;
  readonly until: bigint;
}

/** Begins to count. */
export function openTries({ clock, on }: TriesOptions): Tries {
  const counted = new Map<string, TryCount>();
  const live = (key: string, now: bigint): TryCount | undefined => {
    const found = counted.get(key);
    if (found === undefined || found.until > now) return found;
    counted.delete(key);
    return undefined;
  };
  const add = (key: string, now: bigint): TryCount => {
    const found = live(key, now) ?? { count: 0, until: now + whileLong };
    found.count++;
    counted.set(key, found);
    if (counted.size > mostKeys) counted.delete(counted.keys().next().value ?? "");
    return found;
  };
  return {
    begin(from) {
      if (!on) return () => {};
      const now = clock();
      const keys = keysOf(from);
      const full = keys
        .map(([key, most]) => ({ found: live(key, now), most }))
        .filter(({ found, most }) => found !== undefined && found.count >= most);
      if (full.length > 0) throw tooMany(full.map(({ found }) => (found?.until ?? now) - now));
      const added = keys.map(([key]) => add(key, now));
      return () => {
        for (const each of added) each.count--;
      };
    },
  };
}

function keysOf({ account, ip, own }: TriedFrom): (readonly [string, number])[] {
  if (own !== undefined) return [[`own ${own}`, mostFailures.own]];
  const ofAccount = [`account ${account}`, mostFailures.account] as const;
  return ip === undefined ? [ofAccount] : [ofAccount, [`network ${networkOf(ip)}`, mostFailures.network]];
}

function tooMany(waits: readonly bigint[]): DaybookError {
  const longest = waits.reduce((a, b) => (a > b ? a : b));
  return new DaybookError("too-many-requests", {
    detail: "Too many sign-in attempts failed.",
    retryAfter: Number((longest + 999_999n) / 1_000_000n),
  });
}

/** The network of an attempt: an IPv4 address, or the /64 of an IPv6 one, in which anyone has many addresses. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(":")) return mapped ?? ip;
  const [head = "", tail] = ip.split("%")[0]!.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap =
    tail === undefined
      ? []
      : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const groups = [...before, ...gap, ...after].slice(0, 4);
  return `${groups.map((group) => group.toLowerCase().replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
