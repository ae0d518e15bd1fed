/**
 * The content of a segment, before and after its bytes: the documents, which are events in the order of time, and the terms with the numbers of
 * the documents that have them. A segment never changes; larger ones are made of smaller ones (`merge.ts`).
 */

/** The maximum number of documents of a segment: a document's number has two bytes. */
export const mostDocuments = 65_536;

/** An event of a log with its terms, in any order and also repeated. */
export interface TermedEvent {
  /** Microseconds since 1970 UTC. */
  readonly occurredAt: number;
  readonly seq: number;
  /** With one character for each byte (`byteText`). */
  readonly terms: readonly string[];
}

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

const inTime = (a: TermedEvent, b: TermedEvent): number => a.occurredAt - b.occurredAt || a.seq - b.seq;

/** Pairs of a term's number, in the order of first occurrence, and a document. */
interface TermPairs {
  readonly terms: string[];
  readonly ofTerm: Uint32Array;
  readonly ofDocument: Uint16Array;
}

function pairsOf(events: readonly TermedEvent[]): TermPairs {
  const numbers = new Map<string, number>();
  const last: number[] = [];
  const most = events.reduce((sum, event) => sum + event.terms.length, 0);
  const ofTerm = new Uint32Array(most);
  const ofDocument = new Uint16Array(most);
  let count = 0;
  events.forEach(({ terms }, document) => {
    for (const term of terms) {
      let number = numbers.get(term);
      if (number === undefined) {
        number = numbers.size;
        numbers.set(term, number);
      } else if (last[number] === document) continue;
      last[number] = document;
      ofTerm[count] = number;
      ofDocument[count++] = document;
    }
  });
  return { terms: [...numbers.keys()], ofTerm: ofTerm.subarray(0, count), ofDocument };
}

/** The content of a segment of these events. Throws RangeError for more than `mostDocuments`. */
export function contentOf(events: readonly TermedEvent[]): SegmentContent {
  if (events.length > mostDocuments) throw new RangeError(`A segment has at most ${mostDocuments} events.`);
  const sorted = [...events].sort(inTime);
  const { terms, ofTerm, ofDocument } = pairsOf(sorted);
  const order = Uint32Array.from(terms.keys()).sort((a, b) => (terms[a]! < terms[b]! ? -1 : 1));
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
      occurredAt: Float64Array.from(sorted, ({ occurredAt }) => occurredAt),
      seq: Float64Array.from(sorted, ({ seq }) => seq),
    },
    terms: Array.from(order, (term) => terms[term]!),
    starts,
    postings,
  };
}
