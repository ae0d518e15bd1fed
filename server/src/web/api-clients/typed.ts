/** What is typed of a new API client, as fields of a form and as the room takes it. It refuses to know what is right in it. */

import { dayOf } from "../base/typed-date.ts";
import type { TypedDate } from "../kit/components/date-input/date-input.tsx";

/** The fields of the form; `step` is the button, `key` is of the one client that the form adds. */
export const fields: Readonly<Record<Exclude<keyof Sent, "scopes">, "one">> & { readonly scopes: "many" } = {
  step: "one",
  key: "one",
  name: "one",
  "expiresOn-day": "one",
  "expiresOn-month": "one",
  "expiresOn-year": "one",
  scopes: "many",
};

interface Sent {
  readonly step: string;
  readonly key: string;
  readonly name: string;
  readonly "expiresOn-day": string;
  readonly "expiresOn-month": string;
  readonly "expiresOn-year": string;
  readonly scopes: readonly string[];
}

/** A new client, as it was typed. */
export interface Typed {
  readonly name: string;
  readonly expiresOn: TypedDate;
  readonly scopes: readonly string[];
}

export const nothing: Typed = { name: "", expiresOn: { day: "", month: "", year: "" }, scopes: [] };

export const typedOf = (sent: Sent): Typed => ({
  name: sent.name,
  expiresOn: {
    day: sent["expiresOn-day"],
    month: sent["expiresOn-month"],
    year: sent["expiresOn-year"],
  },
  scopes: sent.scopes,
});

/** The same as fields that nobody sees, so that nothing is kept anywhere between one page and the next. */
export const pairsOf = ({ name, expiresOn: { day, month, year }, scopes }: Typed): [string, string][] => [
  ["name", name],
  ["expiresOn-day", day],
  ["expiresOn-month", month],
  ["expiresOn-year", year],
  ...scopes.map((scope): [string, string] => ["scopes", scope]),
];

/** As the room takes it. */
export const wantedOf = ({
  name,
  expiresOn,
  scopes,
}: Typed): { name: string; expiresOn: string; scopes: readonly string[] } => ({
  name,
  expiresOn: dayOf(expiresOn),
  scopes,
});

/** At which field each place of what the room refuses is shown: each scope has its own, the form shows them as one. */
export const fieldsBy = ({ scopes }: Typed): Readonly<Record<string, string>> =>
  Object.fromEntries(scopes.map((_, at) => [`/scopes/${at}`, "scopes"]));
