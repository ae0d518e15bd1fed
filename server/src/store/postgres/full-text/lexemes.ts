/**
 * Words in PostgreSQL's form. A lexeme begins with the day of its event and the number of its organization, both in hexadecimal:
 * `512e.11.sandbox`. The beginning of a word is therefore found within one day of one organization, in one short range of the index,
 * however common the word is and however many organizations there are.
 */
import type { TextQuery, WordAt } from "../../contract/full-text.ts";

/** Microseconds. */
export const dayLength = 86_400_000_000n;

export const dayOf = (occurredAt: bigint): number => Number(occurredAt / dayLength);

const prefixOf = (day: number, organizationId: number): string =>
  `${day.toString(16)}.${organizationId.toString(16)}.`;

/** The same for an event `e`, in SQL. */
const prefixSql =
  "to_hex(floor(extract(epoch FROM e.occurred_at) / 86400)::integer) || '.' || to_hex(e.organization_id) || '.'";

const special = /[\\']/g;
const quoted = (lexeme: string): string => `'${lexeme.replace(special, "$&$&")}'`;

// the limit of a tsvector
const mostPlaces = 255;
const lastPlace = 16_383;

/** The text of a tsvector. */
export function vectorText(occurredAt: bigint, organizationId: number, words: readonly WordAt[]): string {
  const prefix = prefixOf(dayOf(occurredAt), organizationId);
  const places = new Map<string, number[]>();
  for (const { word, at } of words) {
    const known = places.get(word);
    if (known === undefined) places.set(word, [at]);
    else if (known.length < mostPlaces && at <= lastPlace) known.push(at);
  }
  let text = "";
  for (const [word, at] of places) text += `${quoted(prefix + word)}:${at.join(",")} `;
  return text;
}

/** The placeholder for day and organization; no word contains it. */
const mark = "\u0001";

function phraseText(phrase: readonly WordAt[]): string {
  let text = "";
  phrase.forEach(({ word, at }, index) => {
    const distance = index === 0 ? "" : ` <${at - phrase[index - 1]!.at}> `;
    text += `${distance}${quoted(mark + word.replaceAll(mark, ""))}:*`;
  });
  return `(${text})`;
}

/** The text of a tsquery for any day and organization. */
export const tsqueryText = ({ all, none }: TextQuery): string =>
  [...all.map(phraseText), ...none.map((phrase) => `!${phraseText(phrase)}`)].join(" & ");

/** The same for one day of one organization. */
export const tsqueryOn = (wanted: string, day: number, organizationId: number): string =>
  wanted.replaceAll(mark, prefixOf(day, organizationId));

/** Whether the event `e` matches the parameter's query. */
export const holdsWords = (parameter: string): string => `EXISTS (SELECT FROM event_words x
    WHERE x.organization_id = e.organization_id AND x.occurred_at = e.occurred_at AND x.seq = e.seq AND x.log_no = e.log_no
    AND x.words @@ replace(${parameter}, E'\\x01', ${prefixSql})::tsquery)`;
