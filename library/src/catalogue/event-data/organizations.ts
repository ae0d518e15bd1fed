/**
 * The TypeScript types of `data`, of the subject "organizations". This file is generated from the schemas of the
 * catalogue (`UPDATE_SPEC=1 npx vitest run library/src/catalogue`); don't edit it.
 */

/** The data of NEW_ORGANIZATION_MEMBER. */
export type NewOrganizationMemberData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Invitation id: 1 to 256 characters. */
  invitationId?: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt?: string;
  /** Credential: at most 43 characters that match `^[A-Za-z0-9_-]{43}$`. */
  credential?: string;
};

/** The data of ACCEPT_ORG_MEMBER_INVITE. */
export type AcceptOrgMemberInviteData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Invitation id: 1 to 256 characters. */
  invitationId?: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt?: string;
};

/** The data of UPDATE_ORGANIZATION_MEMBER. */
export type UpdateOrganizationMemberData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Old role. */
  oldRole: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
};

/** The data of REMOVE_ORGANIZATION_MEMBER. */
export type RemoveOrganizationMemberData = {
  /** User id: 1 to 256 characters. */
  userId: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** How. */
  how: "LEFT" | "REMOVED";
};

/** The data of INVITATION_WITHDRAWN. */
export type InvitationWithdrawnData = {
  /** User id: 1 to 256 characters. */
  userId?: string;
  /** Email: at most 320 characters that match `^\S+@[^\s@]+$`. */
  email?: string;
  /** Role. */
  role: "OWNER" | "DESIGNER" | "CONSUMER" | "AUDITOR";
  /** Invitation id: 1 to 256 characters. */
  invitationId?: string;
  /** Expires at: a time with its offset, RFC 3339. */
  expiresAt?: string;
};

/** The data of NEW_COLLABORATION, REMOVE_COLLABORATION. */
export type NewCollaborationData = {
  /** Resource type. */
  resourceType: "ORGANIZATION" | "API" | "DOMAIN";
  /** Resource: 1 to 1100 characters. */
  resource: string;
  /** Principal type. */
  principalType: "USER" | "TEAM";
  /** Principal: 1 to 512 characters. */
  principal: string;
  /** Roles: at most 100. */
  roles: string[];
  /** Old roles: at most 100. */
  oldRoles?: string[];
};

/** The data of ORGANIZATION_ADDED. */
export type OrganizationAddedData = {
  /** Organization id: 1 to 256 characters. */
  organizationId: string;
  /** Slug: 1 to 64 characters. */
  slug: string;
  /** Name: 1 to 512 characters. */
  name: string;
  /** Origin: 1 to 512 characters. */
  origin: string;
};

/** The data of ORGANIZATION_CLOSED. */
export type OrganizationClosedData = {
  /** Organization id: 1 to 256 characters. */
  organizationId: string;
  /** Slug: 1 to 64 characters. */
  slug: string;
  /** Name: 1 to 512 characters. */
  name: string;
};
