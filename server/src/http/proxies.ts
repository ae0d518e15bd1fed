/**
 * Detects a proxy in front that the configuration doesn't count. All callers then have one address, and a stranger's wrong passwords and
 * excess requests lock everyone out. The log warns of it, and pages warn operators.
 */
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";

declare module "fastify" {
  interface FastifyInstance {
    /** Whether requests recently came through a proxy that isn't counted, or seemed to. */
    seemsUncounted(): boolean;
  }
}

/** The interval between two log lines, and how long pages warn, in milliseconds. */
const hour = 3_600_000;

interface ProxyOptions {
  readonly logger: Pick<Logger, "warn">;
  readonly trustedProxies: number;
  readonly publicUrl: URL | undefined;
  /** Milliseconds; default: the process's monotonic clock. */
  readonly now?: () => number;
}

/** Watches each request, and checks the configuration at the start. */
export function addProxyWatch(app: FastifyInstance, options: ProxyOptions): void {
  const { logger, trustedProxies, publicUrl, now = () => performance.now() } = options;
  let seenAt = Number.NEGATIVE_INFINITY;
  let saidAt = Number.NEGATIVE_INFINITY;
  app.decorate("seemsUncounted", () => now() - seenAt < hour);
  if (trustedProxies > 0) return;
  if (publicUrl !== undefined && isBehind(publicUrl)) warn(logger, "DAYBOOK_PUBLIC_URL");
  app.addHook("onRequest", (request, _reply, done) => {
    const { headers } = request;
    const header = headers["x-forwarded-for"] !== undefined ? "X-Forwarded-For" : "Forwarded";
    if (header === "X-Forwarded-For" || headers.forwarded !== undefined) {
      seenAt = now();
      if (seenAt - saidAt >= hour) {
        saidAt = seenAt;
        warn(logger, header);
      }
    }
    done();
  });
}

/** Daybook has no TLS itself, and by default listens only on this machine. */
const isBehind = ({ protocol, hostname }: URL): boolean =>
  protocol === "https:" || !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

const warn = (logger: Pick<Logger, "warn">, address: string): void =>
  logger.warn(
    { what: "uncounted-proxy", address, setting: "DAYBOOK_TRUSTED_PROXIES" },
    "there seems to be a proxy in front, but DAYBOOK_TRUSTED_PROXIES is 0: everyone has the proxy's address, so the limits of one caller apply to all",
  );
