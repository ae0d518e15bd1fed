/**
 * The TypeScript types of `data`, of the subject "access". This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of SIGN_IN. */
export type SignInData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Method. */
  method: "PASSWORD" | "OPENID" | "SETUP_LINK";
  /** Second factor. */
  secondFactor?: "TOTP" | "RECOVERY_CODE";
  /** Session id: 1 to 256 characters. */
  sessionId: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
};

/** The data of SIGN_IN_REFUSED. */
export type SignInRefusedData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Method. */
  method: "PASSWORD" | "OPENID" | "SETUP_LINK";
  /** Why: 1 to 512 characters. */
  why: string;
  /** Count: a whole number from 1. */
  count?: number;
};

/** The data of SESSIONS_ENDED. */
export type SessionsEndedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Why: 1 to 512 characters. */
  why: string;
  /** Sessions: a whole number from 1. */
  sessions: number;
  /** Session ids: at most 1000. */
  sessionIds: string[];
};

/** The data of PASSWORD_CHANGED. */
export type PasswordChangedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** How. */
  how: "CHANGED" | "RESET" | "SET_UP";
};

/** The data of SIGN_IN_LINK_ISSUED. */
export type SignInLinkIssuedData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Purpose. */
  purpose: "SET_UP" | "PASSWORD";
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
};

/** The data of USER_ADDED. */
export type UserAddedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email: string;
  /** How. */
  how: "OPENID" | "INVITATION" | "SET_UP" | "OPERATOR";
  /** Issuer: 1 to 2048 characters. */
  issuer?: string;
  /** Subject: 1 to 255 characters. */
  subject?: string;
};

/** The data of USER_CHANGED. */
export type UserChangedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Issuer: 1 to 2048 characters. */
  issuer?: string;
  /** Subject: 1 to 255 characters. */
  subject?: string;
};

/** The data of VIEWER_SESSION_OPENED. */
export type ViewerSessionOpenedData = {
  /** Viewer session id: 1 to 256 characters. */
  viewerSessionId: string;
  /** Opened by. */
  openedBy: {
    /** Type. */
    type: "api_client" | "user";
    /** Id: 1 to 256 characters. */
    id: string;
  };
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Viewer name: 1 to 512 characters. */
  viewerName?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt: string;
  /** Session id: 1 to 256 characters. */
  sessionId?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
  /** Only target. */
  onlyTarget?: {
    /** Type: 1 to 32 characters. */
    type: string;
    /** Id: 1 to 256 characters. */
    id: string;
  };
};

/** The data of VIEWER_SESSION_ENDED. */
export type ViewerSessionEndedData = {
  /** Viewer session id: 1 to 256 characters. */
  viewerSessionId: string;
  /** Opened by. */
  openedBy: {
    /** Type. */
    type: "api_client" | "user";
    /** Id: 1 to 256 characters. */
    id: string;
  };
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Viewer name: 1 to 512 characters. */
  viewerName?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
};

/** The data of OPERATOR_ADDED, OPERATOR_REMOVED. */
export type OperatorAddedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
};

/** The data of SECOND_FACTOR_ADDED, SECOND_FACTOR_REMOVED. */
export type SecondFactorAddedData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Kind. */
  kind: "TOTP" | "RECOVERY_CODES";
};

/** The data of PERSONAL_TOKEN_ADDED, PERSONAL_TOKEN_REMOVED. */
export type PersonalTokenAddedData = {
  /** Token id: 1 to 256 characters. */
  tokenId: string;
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Token prefix: 1 to 64 characters. */
  tokenPrefix: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
  /** Expires on: a date, `2027-05-31`. */
  expiresOn: string;
};

/** The data of OPERATOR_TOKEN_REPLACED. */
export type OperatorTokenReplacedData = {
  /** How. */
  how: "FIRST_START" | "REPLACED";
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential: string;
};
