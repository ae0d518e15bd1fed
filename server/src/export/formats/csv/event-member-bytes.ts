/** Writes the member `$event` of DATA from bytes, like event-member.ts does from texts. */
import type { EventBytes } from "../../../store/contract/walks.ts";
import { late, recorderOf } from "./event-member.ts";
import type { CsvForm } from "./form.ts";
import type { JsonBytes } from "./json-bytes.ts";
import { KnownBySlots } from "./known-bytes.ts";
import { contextPlace, placeOf, slotText } from "./slots.ts";
import { TimeBytes } from "./time-bytes.ts";

/** What a row has of its recorder: members with a comma, or nothing. */
interface RecorderBytes {
  readonly own: Buffer;
  readonly recordedBy: Buffer;
}

function recorderBytes(text: string, { quoted }: JsonBytes): RecorderBytes {
  const { own, json } = recorderOf(text === "" ? {} : { recordedBy: { json: text } });
  return {
    own: quoted(own ? '"own":true,' : ""),
    recordedBy: quoted(json === undefined ? "" : `"recordedBy":${json},`),
  };
}

const textsOf = ({ quoted }: JsonBytes) => ({
  opening: quoted('"$event":{'),
  context: quoted('"context":'),
  id: quoted('"id":"'),
  recordedAt: quoted('"recordedAt":"'),
  timeEnd: quoted('Z",'),
  seq: quoted('"seq":'),
  comma: quoted(","),
  closing: quoted("}"),
});

export class EventMemberBytes {
  readonly #json: JsonBytes;
  readonly #texts: ReturnType<typeof textsOf>;
  readonly #hasContext: boolean;
  /** What follows the id, by the number of the log. */
  readonly #logs: ReadonlyMap<number, Buffer>;
  readonly #recorder: KnownBySlots<RecorderBytes>;
  readonly #time: TimeBytes = new TimeBytes("T");

  constructor({ logs, context }: CsvForm, json: JsonBytes) {
    this.#json = json;
    this.#texts = textsOf(json);
    this.#hasContext = context;
    this.#logs = new Map(
      [...logs].map(([logNo, origin]) => [logNo, json.quoted(`","log":${JSON.stringify(origin)},`)]),
    );
    this.#recorder = new KnownBySlots([placeOf("recordedBy")], (text) => recorderBytes(text, json));
  }

  /** Writes the member of the current event, with these bytes of its actor. */
  write(events: EventBytes, actor: Buffer): void {
    const [json, texts] = [this.#json, this.#texts];
    json.put(texts.opening);
    json.put(actor);
    this.#context(events);
    json.put(texts.id);
    json.uuid(events.bytes, events.id);
    json.putMore(this.#logs.get(events.logNo)!);
    const recorder = this.#recorder.of(events);
    json.putMore(recorder.own);
    if (events.recordedAt - events.occurredAt > late) {
      json.put(texts.recordedAt);
      json.time(this.#time, events.recordedAt);
      json.put(texts.timeEnd);
    }
    json.putMore(recorder.recordedBy);
    json.put(texts.seq);
    json.whole(events.seq);
    json.put(texts.closing);
  }

  #context(events: EventBytes): void {
    const { bytes, slots } = events;
    const from = slots[contextPlace]!;
    if (!this.#hasContext || from === -1) return;
    const json = this.#json;
    json.put(this.#texts.context);
    if (!json.copy(bytes, from, slots[contextPlace + 1]!)) json.text(slotText(events, contextPlace));
    json.put(this.#texts.comma);
  }
}
