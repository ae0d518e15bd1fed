/**
 * The TypeScript types of `data`, of the subject "api-clients". This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of API_CLIENT_ADDED. */
export type ApiClientAddedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn?: string;
  /** Scopes: at most 100. */
  scopes?: string[];
  /** Token prefix: 1 to 64 characters. */
  tokenPrefix?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential?: string;
};

/** The data of API_CLIENT_UPDATED, API_CLIENT_REVOKED, API_CLIENT_DELETED, API_CLIENT_EXPIRED. */
export type ApiClientUpdatedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn?: string;
  /** Scopes: at most 100. */
  scopes?: string[];
};

/** The data of API_CLIENT_EXPIRES_SOON. */
export type ApiClientExpiresSoonData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn: string;
  /** Days: a whole number from 1. */
  days: number;
};

/** The data of API_CLIENT_TOKEN_ROTATED. */
export type ApiClientTokenRotatedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn?: string;
  /** Overlap until: a time with its offset, RFC 3339. */
  overlapUntil?: string;
  /** Token prefix: 1 to 64 characters. */
  tokenPrefix?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential?: string;
};

/** The data of API_CLIENT_REFUSED. */
export type ApiClientRefusedData = {
  /** Client id: 1 to 256 characters. */
  clientId: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Why: 1 to 512 characters. */
  why: string;
  /** Count: a whole number from 1. */
  count?: number;
};
