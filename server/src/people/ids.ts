/** Ids and tokens of what people make. It keeps none: of a token only the SHA-256 goes on. */
import { hash, randomBytes } from "node:crypto";
import { formatLogId } from "daybook/internal";
import { isWellFormedToken, newToken } from "../secrets/index.ts";

/** A new id: what it is of, and 26 characters of lower-case base32, 16 random bytes. */
export const newId = (of: "invitation" | "team" | "act"): string => `${of}_${formatLogId(randomBytes(16))}`;

/** What an id in an address can be made of; a text that is none never reaches the database. */
const idForm = /^[A-Za-z0-9_-]{1,128}$/;
export const isId = (text: unknown): text is string => typeof text === "string" && idForm.test(text);

const invitationPrefix = "dbk_invitation_";

/** The secret of an invitation's link. */
export const newInvitationToken = (): string => newToken(invitationPrefix);
export const isInvitationToken = (text: unknown): text is string =>
  typeof text === "string" && isWellFormedToken(text, invitationPrefix);

/** What the store knows a token by. */
export const hashOf = (token: string): Uint8Array => hash("sha256", token, "buffer");
