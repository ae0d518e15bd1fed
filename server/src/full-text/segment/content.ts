/**
 * The content of a segment, before and after its bytes: the documents, which are events in the order of time, and the terms with the numbers of
 * the documents that have them. A segment never changes; larger ones are made of smaller ones (`merge.ts`).
 */

import { inOrder } from "./in-order.ts";

/** The version of the segments that are made now. 1 had no rests (`encode.ts`), and fewer terms (`terms.ts`). */
export const newestVersion = 2;

/** The maximum number of documents of a segment: a document's number has two bytes. */
export const mostDocuments = 65_536;

/** An event of a log. */
export interface SegmentEvent {
  /** Microseconds since 1970 UTC. */
  readonly occurredAt: bigint;
  readonly seq: bigint;
}

/** The terms of an event, in any order and also repeated, with one character for each byte (`byteText`). */
export interface EventTermLists {
  readonly own: readonly string[];
  /** Lists that are the same object for all events that share them. */
  readonly repeated: readonly (readonly string[])[];
}
export type TermsOf<E> = (event: E) => EventTermLists;

/** The place of each document: `occurredAt` ascending, and `seq` within the same time. */
export interface Documents {
  readonly occurredAt: Float64Array;
  readonly seq: Float64Array;
}

export interface SegmentContent {
  readonly documents: Documents;
  /** In the order of their bytes, each once. */
  readonly terms: readonly string[];
  /** Where the postings of each term begin, and at the end, where the last ones end. */
  readonly starts: Uint32Array;
  /** Numbers of documents, ascending for each term, each once. */
  readonly postings: Uint16Array;
}

const inTime = (a: SegmentEvent, b: SegmentEvent): number =>
  a.occurredAt === b.occurredAt ? Number(a.seq - b.seq) : a.occurredAt < b.occurredAt ? -1 : 1;

/** Pairs of a term's number, in the order of first occurrence, and a document. */
class TermPairs {
  readonly #numbers = new Map<string, number>();
  readonly #numbersOf = new Map<readonly string[], readonly number[]>();
  readonly #last: number[] = [];
  #ofTerm = new Uint32Array(4_096);
  #ofDocument = new Uint16Array(4_096);
  #count = 0;

  add(document: number, { own, repeated }: EventTermLists): void {
    this.#room(own.length);
    for (const term of own) this.#addNumber(document, this.#numberOf(term));
    for (const terms of repeated) {
      let numbers = this.#numbersOf.get(terms);
      if (numbers === undefined) {
        numbers = terms.map((term) => this.#numberOf(term));
        this.#numbersOf.set(terms, numbers);
      }
      this.#room(numbers.length);
      for (const number of numbers) this.#addNumber(document, number);
    }
  }

  #numberOf(term: string): number {
    let number = this.#numbers.get(term);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(term, number);
      this.#last.push(-1);
    }
    return number;
  }

  #addNumber(document: number, number: number): void {
    if (this.#last[number] === document) return;
    this.#last[number] = document;
    this.#ofTerm[this.#count] = number;
    this.#ofDocument[this.#count++] = document;
  }

  get terms(): string[] {
    return [...this.#numbers.keys()];
  }

  get ofTerm(): Uint32Array {
    return this.#ofTerm.subarray(0, this.#count);
  }

  get ofDocument(): Uint16Array {
    return this.#ofDocument.subarray(0, this.#count);
  }

  #room(more: number): void {
    if (this.#count + more <= this.#ofTerm.length) return;
    const size = 2 * (this.#count + more);
    const [ofTerm, ofDocument] = [new Uint32Array(size), new Uint16Array(size)];
    ofTerm.set(this.#ofTerm);
    ofDocument.set(this.#ofDocument);
    this.#ofTerm = ofTerm;
    this.#ofDocument = ofDocument;
  }
}

/** The content of a segment of these events. Throws RangeError for more than `mostDocuments`. */
export function contentOf<E extends SegmentEvent>(events: readonly E[], termsOf: TermsOf<E>): SegmentContent {
  if (events.length > mostDocuments) throw new RangeError(`A segment has at most ${mostDocuments} events.`);
  const sorted = [...events].sort(inTime);
  const pairs = new TermPairs();
  for (const [document, event] of sorted.entries()) pairs.add(document, termsOf(event));
  const { terms, ofTerm, ofDocument } = pairs;
  const order = inOrder(terms);
  const sizes = new Uint32Array(terms.length);
  for (const term of ofTerm) sizes[term]!++;
  const starts = new Uint32Array(terms.length + 1);
  const next = new Uint32Array(terms.length);
  order.forEach((term, place) => {
    next[term] = starts[place]!;
    starts[place + 1] = starts[place]! + sizes[term]!;
  });
  const postings = new Uint16Array(ofTerm.length);
  for (let at = 0; at < ofTerm.length; at++) postings[next[ofTerm[at]!]!++] = ofDocument[at]!;
  return {
    documents: {
      occurredAt: Float64Array.from(sorted, ({ occurredAt }) => Number(occurredAt)),
      seq: Float64Array.from(sorted, ({ seq }) => Number(seq)),
    },
    terms: Array.from(order, (term) => terms[term]!),
    starts,
    postings,
  };
}
