/** What the server is told besides its services. */
import type { RouteOptions } from "fastify";
import type { LimitsConfig } from "../config/index.ts";
import type { Pages } from "../http/index.ts";

export interface ApiOptions {
  /** Absent: there are none. */
  readonly pages?: Pages | undefined;
  /** How many requests a minute are taken; absent: as many as come. */
  readonly limits?: LimitsConfig;
  /** How many proxies in front are believed about where a request comes from; 0 if absent. */
  readonly trustedProxies?: number;
  /** The address that people reach the service by. */
  readonly publicUrl?: string | undefined;
  /** How often a quiet follow says that it lives, in milliseconds; 15,000 if absent. */
  readonly heartbeatMs?: number;
  /** Is told of each route once it is whole. */
  readonly onRoute?: (route: RouteOptions) => void;
}
