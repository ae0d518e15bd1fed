/** Questions to the second implementation (spec/second), which runs in one Python process, and Daybook's answers in the same form. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { DaybookError, type Json, type JsonObject, type RecordedBy } from "daybook";
import {
  canonicalize,
  checkEvent,
  disclosure,
  formatTime,
  fromBase64url,
  leafData,
  leafHash,
  type NormalEvent,
  parseTime,
  type ReadEvent,
  readEvents,
  settle,
  slotDigest,
  splitPersonal,
  type TypeRules,
  toBase64,
} from "daybook/internal";

const script = fileURLToPath(new URL("../../spec/second/normalise.py", import.meta.url));

/** False, with a warning, if there is no Python; CI must have one. */
export const hasPython: boolean = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) {
  const sentence =
    "SKIPPED: events are not normalised a second time, as there is no python3: apt-get install python3";
  if (process.env.CI) throw new Error(sentence);
  console.warn(sentence);
}

/** The members that a server adds to an event. */
export interface RecordedPlace {
  readonly log: string;
  readonly seq: number;
  readonly id: string;
  readonly recordedAt: string;
  readonly salts: Readonly<Record<string, string>>;
}

/** A body of events. */
export interface Body {
  readonly text: string;
  readonly now: string;
  readonly mediaType?: "application/json" | "application/x-ndjson" | undefined;
  readonly writer?: "server" | undefined;
  readonly recordedBy?: RecordedBy | undefined;
  readonly place?: RecordedPlace | undefined;
}

/** What Python answers to each question. */
export function ask(types: readonly TypeRules[], questions: readonly object[]): JsonObject[] {
  const lines = [{ ask: "types", types }, ...questions].map((each) => JSON.stringify(each));
  const { stdout, stderr } = spawnSync("python3", ["-B", script], {
    input: `${lines.join("\n")}\n`,
    maxBuffer: 2 ** 30,
  });
  if (stderr.length > 0) throw new Error(stderr.toString());
  const answers = stdout.toString().trimEnd().split("\n");
  return answers.map((line) => JSON.parse(line) as JsonObject);
}

export const askOfEvents = (types: readonly TypeRules[], bodies: readonly Body[]): JsonObject[] =>
  ask(
    types,
    bodies.map((body) => ({ ask: "events", ...body })),
  );

/** Daybook's answer about a body. */
export function ourAnswer(types: readonly TypeRules[], body: Body): JsonObject {
  return orRefusal(() => {
    const { inputs } = readEvents(new TextEncoder().encode(body.text), body.mediaType ?? "application/json");
    return { events: inputs.map((input) => orRefusal(() => ourEvent(types, input, body))) };
  });
}

/** What `work` gives, or the refusal that it throws. */
export function orRefusal(work: () => JsonObject): JsonObject {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DaybookError)) throw error;
    return { refused: error.code, pointers: error.issues.map(({ pointer }) => pointer) };
  }
}

function ourEvent(types: readonly TypeRules[], { value, pointer }: ReadEvent, body: Body): JsonObject {
  const { recordedBy, place, writer } = body;
  const rules = (name: string): TypeRules | undefined => types.find((type) => type.name === name);
  const checked = checkEvent(value, { rules, now: parseTime(body.now), pointer, ...(writer && { writer }) });
  const own = recordedBy?.own ?? false;
  const normal = splitPersonal(settle(checked, checked.rules, { own }), checked.rules);
  const values = { ...normal.slots, ...(recordedBy && { recordedBy }) } as JsonObject;
  const slots = Object.fromEntries(Object.entries(values).map(([name, each]) => [name, canonicalize(each)]));
  return {
    id: normal.id ?? null,
    type: normal.type,
    occurredAt: normal.occurredAt === undefined ? null : formatTime(normal.occurredAt),
    outcome: normal.outcome,
    unchanged: normal.unchanged,
    slots,
    ...(place && ourLeaf(normal, slots, place)),
  };
}

function ourLeaf(
  event: NormalEvent,
  slots: Record<string, string>,
  place: RecordedPlace,
): Record<string, Json> {
  const each = (make: (salt: Uint8Array, slot: string, jcs: string) => string): Record<string, string> =>
    Object.fromEntries(
      Object.entries(slots).map(([slot, jcs]) => [slot, make(fromBase64url(place.salts[slot]!)!, slot, jcs)]),
    );
  const fields = {
    log: place.log,
    seq: BigInt(place.seq),
    id: event.id ?? place.id,
    type: event.type,
    occurredAt: event.occurredAt === undefined ? place.recordedAt : formatTime(event.occurredAt),
    recordedAt: place.recordedAt,
    outcome: event.outcome,
    sd: each(slotDigest),
  };
  return {
    disclosures: each(disclosure),
    digests: fields.sd,
    leafData: leafData(fields),
    leafHash: toBase64(leafHash(fields)),
  };
}
