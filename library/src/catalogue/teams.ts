/** Event types about teams and who is in them. */
import { email, identifier, members, text } from "./data-schema.ts";
import { anne, bob, type Definition, define } from "./define.ts";
import type { CardRow, DataSchema, EventType } from "./event-type.ts";

type TeamDefinition = Omit<Definition, "about" | "firstTarget">;

const team: DataSchema = members({ teamId: identifier, team: text(512) });
const teamData = { teamId: "t_4", team: "Payments" };
const teamRow: CardRow = { label: "Team", path: "/data/team", format: "text" };

const ofTeam = (words: TeamDefinition): EventType =>
  define({
    about: "teams",
    firstTarget: ["team"],
    data: team,
    card: [teamRow],
    labels: { "/name": "Team name" },
    ...words,
    example: { targets: [{ type: "team", id: "t_4", name: "Payments" }], data: teamData, ...words.example },
  });

const ofTeamMember = (words: TeamDefinition): EventType =>
  define({
    about: "teams",
    firstTarget: ["user"],
    data: members({ teamId: identifier, team: text(512), userId: identifier, "email?": email }),
    card: [teamRow, { label: "Email", path: "/data/email", format: "text" }],
    personal: { changes: [], data: ["/email"] },
    ...words,
    example: {
      targets: [bob],
      data: { ...teamData, userId: bob.id, email: "bob@acme.example" },
      ...words.example,
    },
  });

/** The types about teams. */
export const teamTypes: readonly EventType[] = [
  ofTeam({
    name: "NEW_TEAM",
    title: "Team created",
    refusedTitle: "Tried to create a team",
    sentence: "{actor} created team {target}",
    refusedSentence: "{actor} tried to create team {target}",
    description: "A team was created in the organization.",
    operation: "create",
    example: { actor: anne },
  }),
  ofTeam({
    name: "TEAM_RENAMED",
    title: "Team renamed",
    refusedTitle: "Tried to rename a team",
    sentence: "{actor} renamed team {target}",
    refusedSentence: "{actor} tried to rename team {target}",
    description: "The name of a team changed. The changes have the name before.",
    operation: "update",
    writer: "server",
    example: { actor: anne, changes: [{ path: "/name", from: "Billing", to: "Payments" }] },
  }),
  ofTeam({
    name: "REMOVE_TEAM",
    title: "Team deleted",
    refusedTitle: "Tried to delete a team",
    sentence: "{actor} deleted team {target}",
    refusedSentence: "{actor} tried to delete team {target}",
    description: "A team was deleted; the people who were in it stay members of the organization.",
    operation: "delete",
    example: { actor: anne },
  }),
  ofTeamMember({
    name: "NEW_TEAM_MEMBER",
    title: "Team member added",
    refusedTitle: "Tried to add a team member",
    sentence: "{actor} added {target} to team {data.team}",
    refusedSentence: "{actor} tried to add {target} to team {data.team}",
    description: "Someone was added to a team.",
    operation: "create",
    example: { actor: anne },
  }),
  ofTeamMember({
    name: "REMOVE_TEAM_MEMBER",
    title: "Team member removed",
    refusedTitle: "Tried to remove a team member",
    sentence: "{actor} removed {target} from team {data.team}",
    refusedSentence: "{actor} tried to remove {target} from team {data.team}",
    description: "Someone was removed from a team.",
    operation: "delete",
    example: { actor: anne },
  }),
];
