/** C2SP signed notes (c2sp.org/signed-note): a text, with signatures of Ed25519 keys. */
import { DaybookError } from "../error/index.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import { joinBytes } from "./bytes.ts";
import { isSignedBy, sign } from "./crypto.ts";
import { isKeyName, isNamed, keyIdBytes, type VerifierKey } from "./vkey.ts";

/** The maximum of UTF-16 code units and of signature lines in a note; longer notes are refused before any check. */
const maxLength = 1_000_000;
const maxSignatures = 100;

/** A signing key: the 32-byte seed, and its name. */
export interface SigningKey extends VerifierKey {
  readonly privateKey: Uint8Array;
}

/** The note of a text, signed with one key. The text ends with a newline. Throws `proof-invalid` if a note can't contain it. */
export function signNote(text: string, key: SigningKey): string {
  if (!text.endsWith("\n") || !isNoteText(text)) throw invalid("its text contains unprintable characters");
  const signature = sign(key.privateKey, new TextEncoder().encode(text));
  return `${text}\n— ${key.name} ${toBase64(joinBytes([key.keyId, signature]))}\n`;
}

/** A note with checked signatures. */
export interface OpenedNote {
  /** The text, with its final newline. */
  readonly text: string;
  /** The given keys that signed it, in the order of their signatures, each once; at least one. */
  readonly signers: readonly VerifierKey[];
}

/**
 * Opens a note: its text, and the keys that signed it. Signatures of other keys are ignored. Throws `proof-invalid` if the note is
 * malformed, if none of the keys signed it, or if a signature with the name and id of a key is invalid.
 */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote {
  if (note.length > maxLength) throw invalid("it is too long");
  if (!isNoteText(note)) throw invalid("it contains control characters or lone surrogates");
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) throw invalid("it is not a text, an empty line, and signatures");
  const text = note.slice(0, end + 1);
  const lines = note.slice(end + 2, -1).split("\n");
  if (lines.length > maxSignatures) throw invalid("it has too many signatures");
  const message = new TextEncoder().encode(text);
  const signers: VerifierKey[] = [];
  for (const { name, keyId, signature } of lines.map(readSignature)) {
    const key = keys.find((candidate) => isNamed(candidate, name, keyId));
    if (key === undefined) continue;
    if (!isSignedBy(key.publicKey, message, signature)) throw invalid(`the signature by ${name} is invalid`);
    if (!signers.includes(key)) signers.push(key);
  }
  if (signers.length === 0) throw invalid("none of the given keys has signed it");
  return { text, signers };
}

interface SignatureLine {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

function readSignature(line: string): SignatureLine {
  const [dash, name, encoded, ...more] = line.split(" ");
  if (dash !== "—" || name === undefined || encoded === undefined || more.length > 0 || !isKeyName(name)) {
    throw invalid("a signature line is not '— <name> <base64>'");
  }
  const bytes = fromBase64(encoded);
  if (bytes === undefined) throw invalid("a signature is not canonical base64");
  if (bytes.length <= keyIdBytes) throw invalid("a signature is too short");
  return { name, keyId: bytes.slice(0, keyIdBytes), signature: bytes.slice(keyIdBytes) };
}

/** Well-formed text without control characters below U+0020 other than newline. */
const isNoteText = (text: string): boolean => !/[\0-\x09\x0b-\x1f]|\p{Cs}/u.test(text);

const invalid = (why: string): DaybookError =>
  new DaybookError("proof-invalid", { detail: `A signed note can't be trusted: ${why}.` });
