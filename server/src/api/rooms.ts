/** The rooms that the routes ask, and what else the whole of them is told. Types only. */
import type { DaybookError } from "daybook/error";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { Logger } from "pino";
import type { Access } from "../access/index.ts";
import type { ApiClients } from "../api-clients/index.ts";
import type { LimitsConfig } from "../config/index.ts";
import type { Denials } from "../denials/index.ts";
import type { EventTypes } from "../event-types/index.ts";
import type { Exports } from "../export/index.ts";
import type { EventLog } from "../log/index.ts";
import type { OperatorToken } from "../operator-token/index.ts";
import type { People } from "../people/index.ts";
import type { Search } from "../search/index.ts";
import type { SignIn } from "../sign-in/index.ts";
import type { Explain } from "./problems.ts";

export interface ApiRooms {
  readonly access: Access;
  readonly log: EventLog;
  readonly search: Search;
  readonly exports: Exports;
  readonly people: People;
  readonly signIn: SignIn;
  readonly apiClients: ApiClients;
  readonly eventTypes: EventTypes;
  readonly denials: Denials;
  readonly operatorToken: OperatorToken;
  /** Resolves if events could be recorded now. */
  readonly ready: () => Promise<void>;
  /** Explains failures of rooms that the routes don't know: the store's. */
  readonly explain: Explain;
  readonly logger: Logger;
}

/** What people look at in a browser; the room of the pages gives it. */
export interface Pages {
  /** Registers the pages, in a context of their own. */
  add(app: FastifyInstance, rooms: ApiRooms): Promise<void>;
  /** Whether the answer is looked at in a browser. */
  wanted(request: FastifyRequest): boolean;
  /** Answers a browser that it was refused, and what to do. */
  refuse(request: FastifyRequest, reply: FastifyReply, error: DaybookError): Promise<FastifyReply>;
}

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
