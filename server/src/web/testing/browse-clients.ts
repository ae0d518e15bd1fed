/** Browsers without scripts, for tests of pages: opening pages, and sending forms with the fields that they have. */

import type { TestServer } from "../../api/testing/open-server.ts";
import { callAs, type SignedInPerson } from "../../api/testing/people.ts";
import { unmarked } from "./unmarked.ts";

type CallAnswer = Awaited<ReturnType<TestServer["call"]>>;
/** The fields of a form, in order; a name can be repeated. */
export type Pairs = readonly (readonly [string, string])[];

export interface Browsing {
  look(path: string): Promise<CallAnswer>;
  send(path: string, pairs?: Pairs): Promise<CallAnswer>;
}

/** A browser with a signed-in person. */
export function browsing(server: TestServer, person: Pick<SignedInPerson, "cookie">): Browsing {
  const accept = "text/html,application/xhtml+xml;q=0.9";
  return {
    look: (path) => callAs(server, person, "GET", path, undefined, { accept }),
    send: (path, pairs = []) =>
      callAs(server, person, "POST", path, new URLSearchParams(pairs.map((pair) => [...pair])).toString(), {
        accept,
        origin: server.url,
        "content-type": "application/x-www-form-urlencoded",
      }),
  };
}

const entities: Readonly<Record<string, string>> = { "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const plain = (text: string): string =>
  text.replace(/&(quot|amp|lt|gt);/g, (entity) => entities[entity] ?? entity);

/** The hidden fields of the page. */
export const hiddenOf = (html: string): [string, string][] =>
  [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [
    plain(name ?? ""),
    plain(value ?? ""),
  ]);

/** The text of the page, without tags and with single blanks. */
export const wordsOf = (html: string): string =>
  plain(
    unmarked(html)
      .replace(/^[\s\S]*<main/, "<main")
      .replace(/<[^>]*>/g, " ")
      .replace(/&nbsp;|\s+/g, " "),
  );

export const titleOf = (html: string): string => /<title>([^<]*)<\/title>/.exec(html)?.[1] ?? "";
export const tokenOf = (html: string): string | undefined => /dbk_live_[A-Za-z0-9]{49}/.exec(html)?.[0];

/** The day so many days from today. */
export const dayFrom = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A day in the fields of a form. */
export function dateFields(day: string): Pairs {
  const [year = "", month = "", date = ""] = day.split("-");
  return [
    ["expiresOn-day", date],
    ["expiresOn-month", month],
    ["expiresOn-year", year],
  ];
}

/** The form of a new client. */
export const answers = (name: string, day: string = dayFrom(100)): Pairs => [
  ["name", name],
  ...dateFields(day),
  ["scopes", "events:write"],
  ["scopes", "events:read"],
];
