/**
 * The TypeScript types of `data`, of the subject "log". This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of LOG_OPENED. */
export type LogOpenedData = {
  /** Keys: at most 100. */
  keys: string[];
  /** Organization: 1 to 256 characters. */
  organization: string;
  /** Previous. */
  previous: null | {
    /** Origin: 1 to 512 characters. */
    origin: string;
    /** Size: a whole number from 0. */
    size: number;
    /** Root: at most 44 characters that match `^[A-Za-z0-9+/]{43}=$`. */
    root: string;
    /** Restored size: a whole number from 0. */
    restoredSize: number;
    /** Restored root: at most 44 characters that match `^[A-Za-z0-9+/]{43}=$`. */
    restoredRoot: string;
    /** Reason: 1 to 4096 characters. */
    reason: string;
  };
};

/** The data of LOG_KEY_ADDED. */
export type LogKeyAddedData = {
  /** Key: 1 to 512 characters. */
  key: string;
};

/** The data of LOG_CLOCK_CORRECTED. */
export type LogClockCorrectedData = {
  /** Previous recorded at: a time with its offset, RFC 3339. */
  previousRecordedAt: string;
};

/** The data of INTEGRITY_CHECKED. */
export type IntegrityCheckedData = {
  /** Started at: a time with its offset, RFC 3339. */
  startedAt: string;
  /** Organizations: a whole number from 0. */
  organizations: number;
  /** Events: a whole number from 0. */
  events: number;
  /** Findings: a whole number from 0. */
  findings: number;
};

/** The data of AUDIT_LOG_DOWNLOADED. */
export type AuditLogDownloadedData = {
  /** Format. */
  format: "csv" | "ndjson";
  /** By. */
  by?: "occurred" | "recorded";
  /** From: a time with its offset, RFC 3339. */
  from?: string;
  /** To: a time with its offset, RFC 3339. */
  to?: string;
  /** Context. */
  context?: boolean;
  /** Filter. */
  filter?: {
    /** Types: at most 5000. */
    types?: string[];
    /** Actors: at most 5000. */
    actors?: string[];
    /** Targets: at most 5000. */
    targets?: string[];
    /** Outcomes: at most 5000. */
    outcomes?: ("success" | "denied" | "failed")[];
    /** Recorded by. */
    recordedBy?: "daybook" | "others";
    /** Text: 1 to 4096 characters. */
    text?: string;
  };
};

/** The data of AUDIT_LOG_DOWNLOAD_REFUSED. */
export type AuditLogDownloadRefusedData = {
  /** Why: 1 to 512 characters. */
  why: string;
  /** Format. */
  format?: "csv" | "ndjson";
  /** Count: a whole number from 1. */
  count?: number;
};

/** The data of EVENT_TYPE_REGISTERED. */
export type EventTypeRegisteredData = {
  /** Name: 1 to 128 characters. */
  name: string;
  /** Version: a whole number from 1. */
  version: number;
  /** Title: 1 to 200 characters. */
  title: string;
  /** Scope. */
  scope: "SERVICE" | "ORGANIZATION";
  /** Digest: at most 64 characters that match `^[0-9a-f]{64}$`. */
  digest: string;
};

/** The data of VIEW_SAVED. */
export type ViewSavedData = {
  /** View id: 1 to 256 characters. */
  viewId: string;
  /** For everyone. */
  forEveryone: boolean;
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** View: 1 to 512 characters. */
  view?: string;
  /** How. */
  how: "ADDED" | "CHANGED";
  /** Search. */
  search?: {
    /** Q: 1 to 4096 characters. */
    q?: string;
    /** Type: at most 50. */
    type?: string[];
    /** Actor: at most 50. */
    actor?: string[];
    /** Target: at most 50. */
    target?: string[];
    /** Outcome: at most 50. */
    outcome?: ("success" | "denied" | "failed")[];
    /** Recorded by: at most 50. */
    recordedBy?: string[];
    /** From: 1 to 64 characters. */
    from?: string;
    /** To: 1 to 64 characters. */
    to?: string;
    /** Period. */
    period?: "24h" | "7d" | "30d" | "90d";
    /** Layout. */
    layout?: "cards" | "table";
  };
};

/** The data of VIEW_REMOVED. */
export type ViewRemovedData = {
  /** View id: 1 to 256 characters. */
  viewId: string;
  /** For everyone. */
  forEveryone: boolean;
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** View: 1 to 512 characters. */
  view?: string;
};
