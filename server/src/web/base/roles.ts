/** Roles in words. */
import type { MemberRole } from "daybook/internal";

/** The name of a role, and what it may do. */
export const roles: Readonly<Record<MemberRole, { readonly name: string; readonly may: string }>> = {
  OWNER: { name: "Owner", may: "Manages the organization, and reads and downloads its audit log" },
  AUDITOR: { name: "Auditor", may: "Reads, downloads and verifies everything, and changes nothing" },
  DESIGNER: { name: "Designer", may: "Reads the activity log; for people who design and change APIs" },
  CONSUMER: { name: "Consumer", may: "Reads the activity log; for people who use APIs" },
};
