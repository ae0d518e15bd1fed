/** The pages of an event's parties: frames have those of activity only. */
import type { Actor, RecordedEvent, Target } from "daybook/internal";
import { actorPath, personPath, targetPath, whoPath } from "../base/party-paths.ts";

export interface PartyPages {
  actor(actor: Actor): string;
  target(target: Target): string;
}

export function partyPages({ organization: { slug } }: RecordedEvent, inFrame: boolean): PartyPages {
  return inFrame
    ? { actor: (actor) => actorPath(slug, actor), target: (target) => targetPath(slug, target) }
    : {
        actor: (actor) => whoPath(slug, actor),
        target: (target) => personPath(slug, target) ?? targetPath(slug, target),
      };
}
