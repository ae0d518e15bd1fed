/** The words of events other than those of their types. */
import { type EventType, partyName, title } from "daybook/catalogue";
import { inWords, type Outcome, pointerNames, type RecordedEvent } from "daybook/internal";

/** What happened, in the words of the type; its name, if the type no longer exists. */
export const titleOf = (event: RecordedEvent, type: EventType | undefined): string =>
  type === undefined ? event.type : title(event, type);

/** A party by its name, else by its id. */
export const nameOf: typeof partyName = partyName;

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  success: "Success",
  denied: "Denied",
  failed: "Failed",
};

/** The last name of a path, in words. */
export const labelOf = (path: string): string => inWords(pointerNames(path).at(-1) ?? "");

/** The content of each slot in words, for erased ones. */
const slots: Readonly<Record<string, string>> = {
  actor: "who did it",
  actorPersonal: "the actor's name",
  changes: "what changed",
  changesPersonal: "personal values of what changed",
  context: "where it came from",
  data: "the details",
  dataPersonal: "personal details",
  producer: "the producer",
  reason: "the reason",
  recordedBy: "who recorded it",
  rules: "the rules that hid secrets",
  targets: "what it was done to",
  targetsPersonal: "the names of what it was done to",
  typeVersion: "the version of its type",
};

/** "Erased: who did it, the reason"; undefined if nothing was. */
export const erasedWords = ({ erased = [] }: Pick<RecordedEvent, "erased">): string | undefined =>
  erased.length === 0 ? undefined : `Erased: ${erased.map((slot) => slots[slot] ?? slot).join(", ")}`;

/** The subjects of types, in words. */
export const aboutWords: Readonly<Record<EventType["about"], string>> = {
  "api-clients": "API clients",
  apis: "APIs",
  domains: "Domains",
  organizations: "Organization and members",
  teams: "Teams",
  billing: "Billing",
  log: "The log",
  access: "Access",
  custom: "Your own types",
};
