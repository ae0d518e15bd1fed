/** The options of the server besides its services. */
import type { RouteOptions } from "fastify";
import type { FollowsConfig, LimitsConfig } from "../config/index.ts";
import type { InFlightTimes, Pages } from "../http/index.ts";

export interface ApiOptions {
  /** If absent, there are no pages. */
  readonly pages?: Pages | undefined;
  /** The limits of requests a minute; if absent, there are none. */
  readonly limits?: LimitsConfig;
  /** The limits of open follows; if absent, there are none. */
  readonly followLimits?: FollowsConfig | undefined;
  /** Memory for request bodies, in bytes; default 64 MiB. */
  readonly bodyBytes?: number;
  /** The number of trusted proxies in front, which determine the address of a request; default 0. */
  readonly trustedProxies?: number;
  /** The public address of the service. */
  readonly publicUrl?: string | undefined;
  /** The interval at which a quiet follow sends a sign of life, in milliseconds; default 15,000. */
  readonly heartbeatMs?: number;
  /** How long handlers and readers of responses can take. */
  readonly times?: InFlightTimes;
  /** Called with each complete route. */
  readonly onRoute?: (route: RouteOptions) => void;
}
