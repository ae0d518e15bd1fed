/** The terms of events of one segment: what many of them have in common, such as an actor, is worked out once. */
import type { WordAt } from "../store/contract/full-text.ts";
import { actorSlots, mostWords, ownSlots, targetSlots, wordsIn, wordsOf } from "./event-words.ts";
import { jsonOf, type NamedPart, namesIn } from "./names.ts";
import { type EventTermLists, newestVersion } from "./segment/index.ts";
import {
  contextTermsOf,
  nameKinds,
  type TermContext,
  type TermedPart,
  termOf,
  termsOfKind,
} from "./terms.ts";
import { addWords, endsOf } from "./text.ts";

/** Words, of which an event has a limited number, and other terms. */
interface RepeatedTerms {
  readonly words: readonly string[];
  readonly others: readonly string[];
}
const none: readonly string[] = [];

const wordTerms = (words: readonly WordAt[]): string[] => words.map(({ word }) => termOf("word", word));

export class EventTerms {
  readonly #version: number;
  /** By what they are worked out from. */
  readonly #known = new Map<string, RepeatedTerms>();

  /** For a segment of that version. */
  constructor(version: number) {
    this.#version = version;
  }

  /** The terms of an event, some more than once. Erased slots have none. */
  of(event: TermedPart): EventTermLists {
    const { type, outcome, slots } = event;
    const target = this.#once(`target ${jsonOf(slots.targets)} ${jsonOf(slots.targetsPersonal)}`, () => ({
      words: wordTerms(wordsIn(slots, targetSlots, { text: "", most: mostWords })),
      others: [...termsOfKind.target(event), ...this.#namesOf("target", namesIn.target(slots))],
    }));
    const actor = this.#once(`actor ${jsonOf(slots.actor)} ${jsonOf(slots.actorPersonal)}`, () => ({
      words: wordTerms(wordsIn(slots, actorSlots, { text: "", most: mostWords })),
      others: [...termsOfKind.actor(event), ...this.#namesOf("actor", namesIn.actor(slots))],
    }));
    const left = mostWords - target.words.length - actor.words.length;
    const areRepeated = left >= mostWords / 2;
    const own = wordTerms(
      areRepeated ? wordsIn(slots, ownSlots, { text: type, most: left }) : wordsOf(event),
    );
    own.push(termOf("type", type), termOf("outcome", outcome));
    const repeated = [
      ...(areRepeated ? [target.words, actor.words] : []),
      target.others,
      actor.others,
      this.#once(`recorder ${jsonOf(slots.recordedBy)}`, () => ({
        words: none,
        others: termsOfKind.source(event),
      })).others,
    ];
    for (const term of [...termsOfKind.externalId(event), ...termsOfKind.changed(event)]) own.push(term);
    const context = jsonOf(slots.context);
    if (context !== undefined) {
      const read = JSON.parse(context) as TermContext;
      for (const term of contextTermsOf(read)) own.push(term);
      const { userAgent } = read;
      if (userAgent !== undefined)
        repeated.push(
          this.#once(`agent ${userAgent}`, () => ({
            words: none,
            others: this.#namesOf("userAgent", [userAgent]),
          })).others,
        );
    }
    return { own, repeated };
  }

  #once(key: string, make: () => RepeatedTerms): RepeatedTerms {
    let terms = this.#known.get(key);
    if (terms === undefined) {
      terms = make();
      this.#known.set(key, terms);
    }
    return terms;
  }

  /** The ends of names; in segments of version 1, only the words of user agents. */
  #namesOf(part: NamedPart, texts: readonly string[]): string[] {
    const kind = nameKinds[part];
    if (this.#version > 1) return texts.flatMap((text) => endsOf(text).map((end) => termOf(kind, end)));
    const words: WordAt[] = [];
    if (part === "userAgent") for (const text of texts) addWords(words, text, 1);
    return words.map(({ word }) => termOf(kind, word));
  }
}

/** The terms of one event. */
export function termsOf(event: TermedPart, version: number = newestVersion): string[] {
  const { own, repeated } = new EventTerms(version).of(event);
  return [...own, ...repeated.flat()];
}
