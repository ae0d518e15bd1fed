/** Ids and tokens of people's resources. It keeps no token: only its SHA-256 is passed on. */
import { hash, randomBytes } from "node:crypto";
import { formatLogId } from "daybook/internal";
import { isWellFormedToken, newToken } from "../secrets/index.ts";

/** A new id: its kind, and 26 characters of lower-case base32, which are 16 random bytes. */
export const newId = (of: "invitation" | "team" | "view" | "act"): string =>
  `${of}_${formatLogId(randomBytes(16))}`;

/** The form of an id in an address; other texts never reach the database. */
const idForm = /^[A-Za-z0-9_-]{1,128}$/;
export const isId = (text: unknown): text is string => typeof text === "string" && idForm.test(text);

const invitationPrefix = "dbk_invitation_";

/** The secret of an invitation's link. */
export const newInvitationToken = (): string => newToken(invitationPrefix);
export const isInvitationToken = (text: unknown): text is string =>
  typeof text === "string" && isWellFormedToken(text, invitationPrefix);

/** The hash by which the store finds a token. */
export const hashOf = (token: string): Uint8Array => hash("sha256", token, "buffer");
