/** Limits of open follows: each holds a connection and memory for as long as it likes, which limits of requests a minute don't cover. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { FollowsConfig } from "../config/index.ts";
import { Overloaded } from "../fairness/index.ts";
import { callerKey } from "./body-room.ts";

/** When to try again, in seconds: a follow can end at any time. */
const retryAfter = 10;

export class FollowLimits {
  readonly #config: FollowsConfig;
  readonly #open = new Map<string, number>();

  constructor(config: FollowsConfig) {
    this.#config = config;
  }

  /**
   * Counts a follow until its response ends.
   * @throws Overloaded `too-many-requests` beyond a limit
   */
  enter(request: FastifyRequest, reply: FastifyReply, organizationId: number): void {
    const { perCaller, perOrganization } = this.#config;
    const counted = [
      { key: callerKey(request), most: perCaller, whose: "You have", which: "" },
      {
        key: `organization:${organizationId}`,
        most: perOrganization,
        whose: "This organization has",
        which: " by all its callers",
      },
    ];
    for (const { key, most, whose, which } of counted) {
      const open = this.#open.get(key) ?? 0;
      if (open < most) continue;
      throw new Overloaded("follows", {
        detail: `${whose} ${open} open follows${which}, which is the limit.`,
        remedy: "Close a follow, or pass the events of one follow on to several readers.",
        retryAfter,
      });
    }
    for (const { key } of counted) this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
    reply.raw.once("close", () => {
      for (const { key } of counted) this.#leave(key);
    });
  }

  #leave(key: string): void {
    const left = (this.#open.get(key) ?? 1) - 1;
    if (left > 0) this.#open.set(key, left);
    else this.#open.delete(key);
  }
}
