/** Reads a body with a batch of events, `{"events":[…]}`, an event at a time. */
import type { Json, JsonObject } from "./event.ts";
import { JsonReader } from "./json-reader.ts";

export class BatchReader extends JsonReader {
  /** Start and end of each event, as indices into the text. */
  readonly spans: number[] = [];
  /** The value of the body so far, and whether its `events` are being read. */
  private body: Json = null;
  private readonly batch: JsonObject = Object.create(null);
  private events: Json[] | undefined;

  /** The value of the body, when `next` has returned false. */
  get whole(): Json {
    return this.body;
  }

  /** Reads on up to the end of the next event; returns false at the end of the body. Call it until then. */
  next(): boolean {
    if (this.events !== undefined) return this.nextEvent(this.events);
    if (this.space() !== 0x7b) {
      this.body = this.value();
      return this.ended();
    }
    this.body = this.batch;
    this.open();
    if (this.space() !== 0x7d) return this.members();
    this.close(this.batch);
    return this.ended();
  }

  /** Reads members, the first of which begins here. */
  private members(): boolean {
    const { batch } = this;
    do {
      const name = this.member(batch, 1);
      if (name === "events" && this.text.charCodeAt(this.at) === 0x5b) return this.firstEvent();
      batch[name] = this.value();
    } while (this.goesOn(0x7d, "a comma or } is expected"));
    this.close(batch);
    return this.ended();
  }

  private firstEvent(): boolean {
    const events: Json[] = [];
    this.batch.events = events;
    this.open();
    if (this.space() === 0x5d) return this.afterEvents(events);
    // an event of a batch has depth 1 again: the object and the array around it don't count
    this.maxLevel += 2;
    this.events = events;
    return this.event(events);
  }

  private nextEvent(events: Json[]): boolean {
    if (this.goesOn(0x5d, "a comma or ] is expected")) return this.event(events);
    this.maxLevel -= 2;
    this.events = undefined;
    return this.afterEvents(events);
  }

  private event(events: Json[]): true {
    this.path[1] = events.length;
    const start = this.at;
    events.push(this.value());
    this.spans.push(start, this.at);
    return true;
  }

  private afterEvents(events: Json[]): boolean {
    this.close(events);
    if (this.goesOn(0x7d, "a comma or } is expected")) return this.members();
    this.close(this.batch);
    return this.ended();
  }

  private ended(): false {
    this.finish();
    return false;
  }
}
