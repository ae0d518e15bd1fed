/**
 * Finds secrets in texts: as they are, and as base64, hex, or escaped for a URL, JSON or a table. For tokens, only the random part counts,
 * without the six characters that events may show.
 */
import { Buffer } from "node:buffer";

/** What was found: which secret (by how it begins), as what, and where. */
export interface Leak {
  readonly secret: string;
  readonly form: string;
  readonly place: string;
}

/** Prefix, six characters to trace it by, the rest. */
const tokenForm = /\bdbk_[a-z]+_[0-9A-Za-z]{6}([0-9A-Za-z]{43})\b/g;
/** As much of a secret's form as is looked up: every form of each is longer. */
const window = 10;

export class Secrets {
  /** What counts of each, and how it is called here. */
  readonly #known = new Map<string, string>();

  get size(): number {
    return this.#known.size;
  }

  /** A secret that has no form of its own: a password, a cookie's value. */
  note(secret: string): void {
    if (secret.length < window + 2) throw new Error("Too short to be looked for.");
    if (!this.noteIn(secret)) this.#known.set(secret, `${secret.slice(0, 4)}…`);
  }

  /** Finds the tokens and codes in a text that went by; whether there were any. */
  noteIn(text: string): boolean {
    let any = false;
    for (const [whole, rest = ""] of text.matchAll(tokenForm)) {
      any = true;
      this.#known.set(rest, `${whole.slice(0, -rest.length)}…`);
    }
    return any;
  }

  /** Where any of them is, in whatever form. */
  find(places: ReadonlyMap<string, string>): Leak[] {
    const forms = new Map<number, Form[]>();
    for (const [secret, called] of this.#known) {
      for (const [form, text] of formsOf(secret)) {
        const key = hashAt(text, 0);
        forms.set(key, [...(forms.get(key) ?? []), { text, form, called }]);
      }
    }
    return [...places].flatMap(([place, text]) =>
      [...leaksIn(text, forms)].map((leak) => ({ ...leak, place })),
    );
  }
}

interface Form {
  readonly text: string;
  readonly form: string;
  readonly called: string;
}

const factor = 0x01000193;
/** The factor to the power of `window`: what the character weighs that goes out. */
const outgoing = Array.from({ length: window }).reduce<number>((power) => Math.imul(power, factor), 1);

/** A hash of the characters of one window; it can be moved on by one character. */
function hashAt(text: string, at: number): number {
  let hash = 0;
  for (let i = at; i < at + window; i++) hash = (Math.imul(hash, factor) + text.charCodeAt(i)) | 0;
  return hash;
}

/** One pass over the text, however many forms there are (Rabin and Karp). */
function* leaksIn(text: string, forms: ReadonlyMap<number, readonly Form[]>): Generator<Omit<Leak, "place">> {
  const mask = (1 << 20) - 1;
  const some = new Uint8Array(mask + 1);
  for (const key of forms.keys()) some[key & mask] = 1;
  let hash = hashAt(text, 0);
  for (let at = 0; at + window <= text.length; at++) {
    for (const { text: wanted, form, called } of some[hash & mask] ? (forms.get(hash) ?? []) : []) {
      if (text.startsWith(wanted, at)) yield { secret: called, form };
    }
    const next = text.charCodeAt(at + window) - Math.imul(outgoing, text.charCodeAt(at));
    hash = (Math.imul(hash, factor) + next) | 0;
  }
}

function* formsOf(secret: string): Generator<[string, string]> {
  yield ["as it is", secret];
  const bytes = Buffer.from(secret);
  yield ["hex", bytes.toString("hex")];
  yield ["HEX", bytes.toString("hex").toUpperCase()];
  // where it stands in what is encoded decides which of three texts it becomes; what its neighbours have a part in is left out
  for (const before of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const inner = shifted
      .slice(before === 0 ? 0 : before + 1)
      .replace(/=+$/, "")
      .slice(0, -1);
    yield ["base64", inner];
    yield ["base64url", inner.replaceAll("+", "-").replaceAll("/", "_")];
  }
  yield ["written for a URL", encodeURIComponent(secret)];
  yield ["written for a form", new URLSearchParams({ "": secret }).toString().slice(1)];
  yield ["written for JSON", JSON.stringify(secret).slice(1, -1)];
  yield ["written for a table", secret.replaceAll("\\", "\\\\")];
  yield ["written for CSV", secret.replaceAll('"', '""')];
}
