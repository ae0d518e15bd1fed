/** The services of one process, for routes, pages and commands. Types only. */
import type { DaybookError } from "daybook/internal";
import type { Logger } from "pino";
import type { Access } from "./access/index.ts";
import type { ApiClients } from "./api-clients/index.ts";
import type { Backups } from "./backups/index.ts";
import type { Denials } from "./denials/index.ts";
import type { EventTypes } from "./event-types/index.ts";
import type { Exports } from "./export/index.ts";
import type { Followers } from "./followers/index.ts";
import type { IntegrityChecks } from "./integrity/index.ts";
import type { EventLog } from "./log/index.ts";
import type { OperatorToken } from "./operator-token/index.ts";
import type { People } from "./people/index.ts";
import type { Readiness } from "./readiness/index.ts";
import type { SavedViews } from "./saved-views/index.ts";
import type { Search } from "./search/index.ts";
import type { SignIn } from "./sign-in/index.ts";

export interface Services {
  readonly access: Access;
  readonly log: EventLog;
  readonly search: Search;
  readonly exports: Exports;
  readonly people: People;
  readonly savedViews: SavedViews;
  readonly signIn: SignIn;
  readonly apiClients: ApiClients;
  readonly eventTypes: EventTypes;
  readonly denials: Denials;
  readonly operatorToken: OperatorToken;
  readonly followers: Followers;
  readonly readiness: Readiness;
  readonly integrityChecks: IntegrityChecks;
  readonly backups: Backups;
}

/** Turns the failure of a service into a response; undefined for an unknown failure. */
export type Explain = (error: unknown) => DaybookError | undefined;

/** What routes and pages need: the services, and the state of the process. */
export interface RequestServices extends Services {
  /** Explains failures of the store, for routes and pages. */
  readonly explain: Explain;
  readonly logger: Logger;
}
