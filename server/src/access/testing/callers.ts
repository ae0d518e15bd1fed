/** Callers of every kind, for tests of access. */
import type { MemberRole, Scope, TeamRole } from "daybook/internal";
import type { Organization } from "../../store/contract/organizations.ts";
import type { Machine, SignedIn, TokenHolder, Viewer } from "../caller.ts";

/** An organization with that number. */
const organization = (organizationId: number): Organization => ({
  organizationId,
  id: `org_${organizationId}`,
  slug: `slug-${organizationId}`,
  name: `Organization ${organizationId}`,
  createdAt: 0n,
  closedAt: null,
  description: null,
  email: null,
  location: null,
  website: null,
  version: 1,
});

/** The organization of the callers below, and another one. */
export const own: Organization = organization(1);
export const others: Organization = organization(2);

const recordedBy = { type: "server", id: "daybook" } as const;
const { id, slug } = own;

const session: SignedIn["session"] = {
  id: "session_1",
  createdAt: 0n,
  expiresAt: 1n,
  method: "PASSWORD",
  isFresh: true,
};

interface PersonOptions {
  readonly role?: MemberRole;
  readonly teamRoles?: readonly TeamRole[];
  readonly isOperator?: boolean;
}

/** A person; with a role, they are a member of `own`. */
export const person = ({ role, teamRoles = [], isOperator = false }: PersonOptions = {}): SignedIn => ({
  kind: "user",
  id: "user_1",
  actor: { type: "user", id: "user_1", name: "Anne Wilson" },
  recordedBy,
  user: {
    userId: 1,
    id: "user_1",
    email: "anne@acme.example",
    name: "Anne Wilson",
    issuer: null,
    subject: null,
    isOperator,
    createdAt: 0n,
  },
  session,
  memberships: role === undefined ? [] : [{ organizationId: 1, id, slug, role, teamRoles }],
});

/** The same person with a personal token. */
export const byToken = (wanted: PersonOptions = {}): TokenHolder => ({
  ...person(wanted),
  session: undefined,
});

/** An API client of `own`. */
export const machine = (...scopes: Scope[]): Machine => ({
  kind: "api_client",
  id: "client_1",
  actor: { type: "api_client", id: "client_1", name: "Portal" },
  recordedBy: { type: "api_client", id: "client_1" },
  organization: own,
  client: {
    organizationId: 1,
    id: "client_1",
    name: "Portal",
    expiresOn: "2027-01-01",
    scopes,
    createdBy: { type: "user", id: "user_1" },
    createdAt: 0n,
    revokedAt: null,
    deletedAt: null,
    lastUsedOn: null,
    expiryWarned: null,
    version: 1,
  },
});

/** A viewer of the log of `own`, or of one target of it. */
export const viewer = (role: MemberRole, onlyTarget: string | null = null): Viewer => ({
  kind: "viewer",
  id: "viewer_1",
  actor: { type: "user", id: "u_9" },
  recordedBy,
  organization: own,
  session: {
    id: "viewer_1",
    organizationId: 1,
    role,
    viewerId: "u_9",
    viewerName: null,
    onlyTarget,
    opener: { kind: "api_client", id: "client_1", name: "Portal" },
    createdAt: 0n,
    expiresAt: 1n,
  },
});
