/**
 * The counts of the limits of requests, in periods by the monotonic clock: if the wall clock jumps, nobody is locked out for longer, and
 * nobody is let in earlier. The store that @fastify/rate-limit has reads the wall clock.
 */
import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from "@fastify/rate-limit";

/** The requests of one key in its period. Milliseconds. */
interface PeriodCount {
  current: number;
  /** How long the period still lasts. */
  ttl: number;
  readonly until: number;
}

interface RequestCountsOptions {
  /** The maximum number of keys; beyond it, the one whose period began first is dropped. */
  readonly most: number;
  /** Milliseconds; default: the process's monotonic clock. */
  readonly now?: () => number;
}

/** A store of counts for @fastify/rate-limit; each limit gets one of its own. */
export function requestCounts(options: RequestCountsOptions): FastifyRateLimitStoreCtor {
  const { most, now = () => performance.now() } = options;
  return class RequestCounts implements FastifyRateLimitStore {
    /** In the order in which their periods began. */
    readonly #counts = new Map<string, PeriodCount>();

    incr(key: string, done: (error: null, count: PeriodCount) => void, period: number): void {
      const at = now();
      let count = this.#counts.get(key);
      if (count === undefined || count.until <= at) {
        this.#counts.delete(key);
        count = { current: 0, ttl: period, until: at + period };
        this.#counts.set(key, count);
        if (this.#counts.size > most) this.#counts.delete(this.#counts.keys().next().value ?? "");
      }
      count.current++;
      count.ttl = count.until - at;
      done(null, count);
    }

    child(): FastifyRateLimitStore {
      return new RequestCounts();
    }
  };
}
