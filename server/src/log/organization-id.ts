/** The ids of organizations: `org_` and 26 characters of lower-case base32, which are 16 random bytes. */
import { randomBytes } from "node:crypto";
import { formatLogId } from "daybook/internal";

/** A new unique id. */
export const newOrganizationId = (): string => `org_${formatLogId(randomBytes(16))}`;
