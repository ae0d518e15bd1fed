/** Event types about credentials other than passwords: second factors, personal tokens, the operator token. */
import { aboutAccess, exampleCredential } from "./about-access.ts";
import { choice, credential, date, identifier, members, tokenPrefix } from "./data-schema.ts";
import { bob, daybook, ofThemselves } from "./define.ts";
import type { CardRow, EventType } from "./event-type.ts";

const factorKind = choice("TOTP", "RECOVERY_CODES");
const factorRow: CardRow = { label: "Kind", path: "/data/kind", format: "word" };

const personalToken = members({
  tokenId: identifier,
  userId: identifier,
  tokenPrefix,
  credential,
  expiresOn: date,
});
const tokenRows: readonly CardRow[] = [
  { label: "Token", path: "/data/tokenPrefix", format: "code" },
  { label: "Expiry date", path: "/data/expiresOn", format: "date" },
];
const exampleToken = {
  tokenId: "token_4",
  userId: bob.id,
  tokenPrefix: "dbk_pat_0nly4n",
  credential: exampleCredential,
  expiresOn: "2027-02-20",
};

/** The types about credentials. */
export const credentialTypes: readonly EventType[] = [
  aboutAccess({
    name: "SECOND_FACTOR_ADDED",
    title: "Second factor added",
    refusedTitle: "Tried to add a second factor",
    sentence: "{actor} added a second factor to the account of {target}",
    refusedSentence: "{actor} tried to add a second factor to the account of {target}",
    variants: [
      {
        when: [{ path: "/data/kind", is: "RECOVERY_CODES" }],
        title: "New recovery codes",
        refusedTitle: "Tried to get new recovery codes",
        sentence: "{actor} got new recovery codes",
        refusedSentence: "{actor} tried to get new recovery codes",
      },
      {
        when: [ofThemselves],
        sentence: "{actor} added a second factor",
        refusedSentence: "{actor} tried to add a second factor",
      },
    ],
    description:
      "Someone added a second factor, which is now required for their password sign-ins, or new recovery codes for it. Daybook does not record its secret.",
    operation: "create",
    data: members({ userId: identifier, kind: factorKind }),
    card: [factorRow],
    example: { actor: bob, data: { userId: bob.id, kind: "TOTP" } },
  }),
  aboutAccess({
    name: "SECOND_FACTOR_REMOVED",
    title: "Second factor removed",
    refusedTitle: "Tried to remove a second factor",
    sentence: "{actor} removed the second factor of {target}",
    refusedSentence: "{actor} tried to remove the second factor of {target}",
    variants: [
      {
        when: [ofThemselves],
        sentence: "{actor} removed their own second factor",
        refusedSentence: "{actor} tried to remove their own second factor",
      },
    ],
    description:
      "Someone's second factor was removed, by themselves, by an operator because it was lost, or because their account became another's.",
    operation: "delete",
    data: members({ userId: identifier, kind: factorKind }),
    card: [factorRow],
    example: { actor: bob, data: { userId: bob.id, kind: "TOTP" } },
  }),
  aboutAccess({
    name: "PERSONAL_TOKEN_ADDED",
    title: "Personal token added",
    refusedTitle: "Tried to add a personal token",
    sentence: "{actor} added a personal token of {target}",
    refusedSentence: "{actor} tried to add a personal token of {target}",
    variants: [
      {
        when: [ofThemselves],
        sentence: "{actor} added a personal token",
        refusedSentence: "{actor} tried to add a personal token",
      },
    ],
    description:
      "Someone made a personal token, by which programs act as they may. The token itself is not recorded.",
    operation: "create",
    data: personalToken,
    card: tokenRows,
    example: { actor: bob, data: exampleToken },
  }),
  aboutAccess({
    name: "PERSONAL_TOKEN_REMOVED",
    title: "Personal token removed",
    refusedTitle: "Tried to remove a personal token",
    sentence: "{actor} removed a personal token of {target}",
    refusedSentence: "{actor} tried to remove a personal token of {target}",
    variants: [
      {
        when: [ofThemselves],
        sentence: "{actor} removed a personal token",
        refusedSentence: "{actor} tried to remove a personal token",
      },
    ],
    description:
      "A personal token stopped working before its time: its holder removed it, signed out everywhere, or their account was reset.",
    operation: "delete",
    data: personalToken,
    card: tokenRows,
    example: { actor: bob, data: exampleToken },
  }),
  aboutAccess({
    name: "OPERATOR_TOKEN_REPLACED",
    title: "Operator token replaced",
    refusedTitle: "Tried to replace the operator token",
    sentence: "{actor} replaced the operator token",
    refusedSentence: "{actor} tried to replace the operator token",
    variants: [
      {
        when: [{ path: "/data/how", is: "FIRST_START" }],
        title: "Operator token set",
        refusedTitle: "Tried to set the operator token",
        sentence: "{actor} set the first operator token",
        refusedSentence: "{actor} tried to set the first operator token",
      },
    ],
    description:
      "The operator token was set at the first start, or replaced; the old one stopped working. Daybook does not record the token.",
    operation: "update",
    firstTarget: [],
    data: members({ how: choice("FIRST_START", "REPLACED"), credential }),
    card: [{ label: "How", path: "/data/how", format: "word" }],
    example: { actor: daybook, targets: [], data: { how: "REPLACED", credential: exampleCredential } },
  }),
];
