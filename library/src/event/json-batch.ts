/** Reads a body with a batch of events in parts: `{"events":[…]}`, an event at a time. */
import type { Json, JsonObject } from "./event.ts";
import { JsonReader } from "./json-reader.ts";

/** The value of a body, and start and end of each item of its `events`, as indices into the text. */
export interface ReadBody {
  readonly value: Json;
  readonly spans: readonly number[];
}

export class BatchReader extends JsonReader {
  private readonly spans: number[] = [];

  /** Yields after each event. `count` is called with the number of events so far; it throws if there are too many. */
  *inParts(count: (events: number) => void): Generator<undefined, ReadBody> {
    const value = this.space() === 0x7b ? yield* this.body(count) : this.value();
    this.finish();
    return { value, spans: this.spans };
  }

  private *body(count: (events: number) => void): Generator<undefined, JsonObject> {
    const object: JsonObject = Object.create(null);
    const level = this.open();
    if (this.space() === 0x7d) return this.close(object);
    do {
      const name = this.member(object, level);
      const isBatch = name === "events" && this.text.charCodeAt(this.at) === 0x5b;
      object[name] = isBatch ? yield* this.events(count) : this.value();
    } while (this.goesOn(0x7d, "a comma or } is expected"));
    return this.close(object);
  }

  private *events(count: (events: number) => void): Generator<undefined, Json[]> {
    const events: Json[] = [];
    const level = this.open();
    if (this.space() === 0x5d) return this.close(events);
    // an event of a batch has depth 1 again: the object and the array around it don't count
    this.maxLevel += level;
    do {
      this.path[level - 1] = events.length;
      count(events.length + 1);
      const start = this.at;
      events.push(this.value());
      this.spans.push(start, this.at);
      yield;
    } while (this.goesOn(0x5d, "a comma or ] is expected"));
    this.maxLevel -= level;
    return this.close(events);
  }
}
