/** Event types about an organization, its members and their roles. Teams and billing have files of their own. */
import { choice, credential, email, identifier, list, members, role, text, time } from "./data-schema.ts";
import { anne, bob, type Definition, daybook, define, ofThemselves } from "./define.ts";
import type { CardRow, DataSchema, EventType } from "./event-type.ts";

type OrganizationDefinition = Omit<Definition, "about">;

const aboutOrganizations = (words: OrganizationDefinition): EventType =>
  define({ about: "organizations", ...words });

const emailRow: CardRow = { label: "Email", path: "/data/email", format: "text" };
const memberCard: readonly CardRow[] = [emailRow, { label: "Role", path: "/data/role", format: "word" }];

/** A type whose target is a member, with the labels and marks of an account. */
const ofMember = (
  words: Omit<OrganizationDefinition, "firstTarget" | "labels" | "secret" | "personal">,
): EventType =>
  aboutOrganizations({
    firstTarget: ["user"],
    card: memberCard,
    labels: { "/email": "Email", "/role": "Role", "/password": "Password" },
    secret: { changes: ["/password"] },
    personal: { changes: ["/email"], data: ["/email"] },
    ...words,
  });

/** A member or an invitation, with further members in `rest`. */
const member = (rest: Readonly<Record<string, DataSchema>> = {}): DataSchema =>
  members({ userId: identifier, "email?": email, role, ...rest });

/** The id of an invitation, and how long it can be accepted. */
const ofInvitation = { "invitationId?": identifier, "expiresAt?": time };
const invitationMembers = { "userId?": identifier, "email?": email, role, ...ofInvitation };

const memberData = { userId: "u_23", email: "bob@acme.example", role: "DESIGNER" };
const invited = { ...memberData, invitationId: "invitation_5", expiresAt: "2026-11-29T11:20:31Z" };
const targets = [bob];

const collaboration: DataSchema = members({
  resourceType: choice("ORGANIZATION", "API", "DOMAIN"),
  resource: text(1100),
  principalType: choice("USER", "TEAM"),
  principal: text(512),
  roles: list(text(128), 100),
  "oldRoles?": list(text(128), 100),
});

const collaborationCard: readonly CardRow[] = [
  { label: "On", path: "/data/resource", format: "text" },
  { label: "Roles", path: "/data/roles", was: "/data/oldRoles", format: "word" },
];

const ofCollaboration = (words: Omit<OrganizationDefinition, "firstTarget">): EventType =>
  aboutOrganizations({
    firstTarget: ["user", "team"],
    data: collaboration,
    card: collaborationCard,
    labels: { "/roles": "Roles" },
    ...words,
  });

const memberTypes: readonly EventType[] = [
  ofMember({
    name: "NEW_ORGANIZATION_MEMBER",
    title: "Member invited",
    refusedTitle: "Tried to invite a member",
    sentence: "{actor} invited {target} to the organization as {data.role}",
    refusedSentence: "{actor} tried to invite {target} to the organization as {data.role}",
    description:
      "Someone was invited to join the organization in a role. They are a member once they accept.",
    operation: "create",
    data: members({ ...invitationMembers, "credential?": credential }),
    example: {
      actor: anne,
      targets,
      data: { ...invited, credential: "acsOUT5r4x0sbIk3rm4esOSeQ_uqd8JxhsfsGhtFfrA" },
    },
  }),
  ofMember({
    name: "ACCEPT_ORG_MEMBER_INVITE",
    title: "Invitation accepted",
    refusedTitle: "Tried to accept an invitation",
    sentence: "{actor} accepted the invitation for {target} to join the organization",
    refusedSentence: "{actor} tried to accept the invitation for {target} to join the organization",
    variants: [
      {
        when: [ofThemselves],
        sentence: "{actor} accepted the invitation to join the organization",
        refusedSentence: "{actor} tried to accept the invitation to join the organization",
      },
    ],
    description: "Someone accepted their invitation and is now a member of the organization.",
    operation: "create",
    data: member(ofInvitation),
    example: { actor: bob, targets, data: invited },
  }),
  ofMember({
    name: "UPDATE_ORGANIZATION_MEMBER",
    title: "Member's role changed",
    refusedTitle: "Tried to change a member's role",
    sentence: "{actor} changed {target} from {data.oldRole} to {data.role}",
    refusedSentence: "{actor} tried to change {target} from {data.oldRole} to {data.role}",
    variants: [
      {
        when: [{ path: "/data/role", sameAs: "/data/oldRole" }],
        title: "Member changed",
        refusedTitle: "Tried to change a member",
        sentence: "{actor} changed {target}, whose role stayed {data.role}",
        refusedSentence: "{actor} tried to change {target}, whose role is {data.role}",
      },
      {
        when: [{ path: "/data/role", is: "OWNER" }],
        title: "Member made an owner",
        refusedTitle: "Tried to make a member an owner",
      },
      {
        when: [{ path: "/data/oldRole", is: "OWNER" }],
        title: "Owner given another role",
        refusedTitle: "Tried to give an owner another role",
      },
    ],
    description: "A member's role in the organization was changed, such as to or from owner.",
    card: [emailRow, { label: "Role", path: "/data/role", was: "/data/oldRole", format: "word" }],
    operation: "update",
    data: member({ oldRole: role }),
    example: {
      actor: anne,
      targets,
      changes: [{ path: "/role", from: "DESIGNER", to: "OWNER" }],
      data: { ...memberData, role: "OWNER", oldRole: "DESIGNER" },
    },
  }),
  ofMember({
    name: "REMOVE_ORGANIZATION_MEMBER",
    title: "Member left or removed",
    refusedTitle: "Tried to end a membership",
    sentence: "{actor} ended the membership of {target}",
    refusedSentence: "{actor} tried to end the membership of {target}",
    variants: [
      {
        when: [{ path: "/data/how", is: "LEFT" }, ofThemselves],
        title: "Member left",
        refusedTitle: "Tried to leave the organization",
        sentence: "{actor} left the organization",
        refusedSentence: "{actor} tried to leave the organization",
      },
      {
        when: [{ path: "/data/how", is: "LEFT" }],
        title: "Member left",
        refusedTitle: "Tried to leave the organization",
        sentence: "{actor} recorded that {target} left the organization",
        refusedSentence: "{actor} tried to let {target} leave the organization",
      },
      {
        when: [{ path: "/data/how", is: "REMOVED" }],
        title: "Member removed",
        refusedTitle: "Tried to remove a member",
        sentence: "{actor} removed {target} from the organization",
        refusedSentence: "{actor} tried to remove {target} from the organization",
      },
    ],
    description: "A member left the organization, or an owner removed them; `how` says which.",
    operation: "delete",
    data: member({ how: choice("LEFT", "REMOVED") }),
    card: memberCard,
    example: { actor: anne, targets, data: { ...memberData, how: "REMOVED" } },
  }),
  ofMember({
    name: "INVITATION_WITHDRAWN",
    title: "Invitation withdrawn",
    refusedTitle: "Tried to withdraw an invitation",
    sentence: "{actor} withdrew the invitation of {target} to the organization",
    refusedSentence: "{actor} tried to withdraw the invitation of {target} to the organization",
    description: "Someone withdrew an open invitation.",
    operation: "delete",
    data: members(invitationMembers),
    writer: "server",
    example: { actor: anne, targets, data: invited },
  }),
];

const collaborationTypes: readonly EventType[] = [
  ofCollaboration({
    name: "NEW_COLLABORATION",
    title: "Role assigned",
    refusedTitle: "Tried to assign a role",
    sentence: "{actor} gave {target} the role {data.roles} on {data.resource}",
    refusedSentence: "{actor} tried to give {target} the role {data.roles} on {data.resource}",
    variants: [
      {
        when: [{ path: "/data/oldRoles", present: true }],
        title: "Role changed",
        refusedTitle: "Tried to change a role",
        sentence: "{actor} changed the role of {target} on {data.resource} to {data.roles}",
        refusedSentence: "{actor} tried to change the role of {target} on {data.resource} to {data.roles}",
      },
    ],
    description:
      "A member or a team got a role: in the organization (except to or from owner), or on one API or domain.",
    operation: "create",
    example: {
      actor: anne,
      targets,
      data: {
        resourceType: "API",
        resource: "/apis/acme/payments",
        principalType: "USER",
        principal: "u_23",
        roles: ["EDITOR"],
        oldRoles: ["COMMENTER"],
      },
    },
  }),
  ofCollaboration({
    name: "REMOVE_COLLABORATION",
    title: "Role removed",
    refusedTitle: "Tried to remove a role",
    sentence: "{actor} took the role {data.roles} on {data.resource} from {target}",
    refusedSentence: "{actor} tried to take the role {data.roles} on {data.resource} from {target}",
    description: "A member or a team lost a role, such as that of a collaborator on one API.",
    operation: "delete",
    example: {
      actor: anne,
      targets: [{ type: "team", id: "t_4", name: "Payments" }],
      data: {
        resourceType: "API",
        resource: "/apis/acme/payments",
        principalType: "TEAM",
        principal: "t_4",
        roles: ["EDITOR"],
      },
    },
  }),
];

const acme = { organizationId: "org_7hq2kd", slug: "acme", name: "Acme" };
const organization = { organizationId: identifier, slug: text(64), name: text(512) };
const ofOrganization = (words: Omit<OrganizationDefinition, "firstTarget">): EventType =>
  aboutOrganizations({
    firstTarget: ["organization"],
    ...words,
    example: {
      targets: [{ type: "organization", id: acme.organizationId, name: acme.name }],
      ...words.example,
    },
  });

const organizationTypes: readonly EventType[] = [
  ofOrganization({
    name: "ORGANIZATION_CHANGE",
    title: "Organization changed",
    refusedTitle: "Tried to change the organization",
    sentence: "{actor} changed the details of {target}",
    refusedSentence: "{actor} tried to change the details of {target}",
    description:
      "The organization's name, description, email, location or website was changed; the changes say which.",
    operation: "update",
    labels: {
      "/name": "Name",
      "/description": "Description",
      "/email": "Email",
      "/location": "Location",
      "/website": "Website",
    },
    personal: { changes: ["/email"], data: [] },
    example: { actor: anne, changes: [{ path: "/website", from: null, to: "https://acme.example" }] },
  }),
  ofOrganization({
    name: "ORGANIZATION_ADDED",
    title: "Organization added",
    refusedTitle: "Tried to add an organization",
    sentence: "{actor} added organization {target}",
    refusedSentence: "{actor} tried to add organization {target}",
    description: "An organization was added, and its log opened. Recorded in the log of Daybook itself.",
    operation: "create",
    data: members({ ...organization, origin: text(512) }),
    card: [
      { label: "Slug", path: "/data/slug", format: "code" },
      { label: "Log", path: "/data/origin", format: "code" },
    ],
    writer: "server",
    example: {
      actor: { type: "system", id: "operator" },
      data: { ...acme, origin: "log.example.org/o/aaaqeayeaudaocajbifqydiob4" },
    },
  }),
  ofOrganization({
    name: "ORGANIZATION_CLOSED",
    title: "Organization closed",
    refusedTitle: "Tried to close an organization",
    sentence: "{actor} closed organization {target}",
    refusedSentence: "{actor} tried to close organization {target}",
    description: "An organization was closed: its log can still be read, but writes and tokens have stopped.",
    operation: "delete",
    data: members(organization),
    card: [{ label: "Slug", path: "/data/slug", format: "code" }],
    writer: "server",
    example: { actor: daybook, data: acme },
  }),
];

/** The types about organizations and their members. */
export const aboutOrganizationTypes: readonly EventType[] = [
  ...memberTypes,
  ...collaborationTypes,
  ...organizationTypes,
];
