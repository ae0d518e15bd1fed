/** Memory for request bodies, which callers share: taken when the headers are there, given back when the response has ended. */
import type { FastifyReply, FastifyRequest } from "fastify";
import { FairRoom, Overloaded } from "../fairness/index.ts";

const usualBytes = 64 * 1024 * 1024;

export class BodyRoom {
  readonly #room: FairRoom<string>;

  /** `bytes` for all bodies of the process. */
  constructor(bytes: number = usualBytes) {
    this.#room = new FairRoom(bytes);
  }

  /** The bytes that are taken. */
  get taken(): number {
    return this.#room.taken;
  }

  /**
   * Takes room for a body of at most that length, until the response or the connection ends. Returns a function that takes less, when the
   * length is known.
   * @throws Overloaded if there is none
   */
  enter(request: FastifyRequest, reply: FastifyReply, most: number): (length: number) => void {
    const key = callerKey(request);
    if (!this.#room.has(key, most)) throw full(this.#room.heldBy(key) > 0);
    let held = most;
    this.#room.take(key, held);
    reply.raw.once("close", () => {
      this.#room.give(key, held);
      held = 0;
    });
    return (length) => {
      if (length >= held) return;
      this.#room.give(key, held - length);
      held = length;
    };
  }
}

/** The caller; without one, the address. */
export const callerKey = ({ caller, ip }: FastifyRequest): string =>
  caller === undefined || caller.kind === "nobody" ? `address:${ip}` : `${caller.kind}:${caller.id}`;

const full = (byCaller: boolean): Overloaded =>
  new Overloaded("bodies", {
    detail: `Daybook is receiving too many bodies${byCaller ? " of this caller" : ""} at a time. Nothing in this request was recorded.`,
    remedy:
      "Wait for the time in Retry-After, then send it again with the same ids, in fewer simultaneous requests.",
    retryAfter: 1,
  });
