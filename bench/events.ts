/** Seeded events like those of a busy API platform: the same seed gives the same events. No ids, no I/O. */
import type { EventInput } from "daybook";
import { seeded } from "../test/support/seeded.ts";

const day = 86_400_000;
const owners = ["acme", "globex", "initech", "umbrella"];

export interface MadeEvents {
  /** How many people act; the first tenth of them does half of the work. */
  readonly actors: number;
  readonly apis: number;
  /** Days over which occurredAt is spread; 0: absent, so that the server sets it. */
  readonly days: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

function hex(random: () => number): string {
  let text = "";
  while (text.length < 64)
    text += Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, "0");
  return text;
}

type Body = Pick<EventInput, "type" | "targets" | "data" | "changes">;

function bodyOf(random: () => number, apis: number): Body {
  const owner = owners[Math.floor(random() * owners.length)] as string;
  const n = Math.floor(random() * apis);
  const name = `service-${n}`;
  const api = [{ type: "api", id: `api_${n}`, name }];
  const kind = random();
  if (kind < 0.55) {
    const version = `1.${Math.floor(random() * 20)}.0`;
    const objectPath = `/apis/${owner}/${name}/${version}`;
    return {
      type: "API_SAVED",
      targets: api,
      data: {
        objectPath,
        owner,
        name,
        version,
        oldDigest: hex(random),
        digest: hex(random),
        source: "EDITOR",
      },
    };
  }
  if (kind < 0.75) {
    const data = { objectPath: `/apis/${owner}/${name}`, owner, name, published: true, wasPublished: false };
    return { type: "API_LIFECYCLE", targets: api, data };
  }
  if (kind < 0.9) {
    const clientId = `client_${n}`;
    return {
      type: "API_CLIENT_UPDATED",
      targets: [{ type: "api_client", id: clientId, name: "Register sandbox" }],
      data: { clientId, name: "Register sandbox", expiresOn: "2027-05-31" },
      changes: [{ path: "/name", from: "Sandbox", to: "Register sandbox" }],
    };
  }
  const userId = `u_${Math.floor(random() * 1000)}`;
  return {
    type: "NEW_TEAM_MEMBER",
    targets: [{ type: "user", id: userId, name: "Bob Harris" }],
    data: { teamId: "team_1", team: "Platform", userId, email: "bob.harris@example.org" },
  };
}

/** How many networks of 200 addresses the events come from. */
export const networks = 200;
const agents = ["portal/4.2", "portal/4.3", "cli/1.9", "terraform/1.14", "ci/2026.11"];

/** Three events in a row are of one request on average, and one in a hundred was refused. */
function circumstances(random: () => number): () => Pick<EventInput, "context" | "outcome"> {
  let requestId = "";
  return () => {
    if (requestId === "" || random() < 1 / 3) requestId = hex(random).slice(0, 32);
    const ip = `10.7.${Math.floor(random() * networks)}.${Math.floor(random() * 200)}`;
    const userAgent = agents[Math.floor(random() * agents.length)] as string;
    return {
      ...(random() < 0.01 && { outcome: "denied" as const }),
      context: { ip, userAgent, requestId, interface: "ui" },
    };
  };
}

/** One event; call it again for the next. */
export function eventMaker(seed: number, options: MadeEvents): () => EventInput {
  const random = seeded(seed);
  const next = circumstances(random);
  return () => {
    const busy = random() < 0.5 ? options.actors / 10 : options.actors;
    const actor = Math.floor(random() * busy);
    const event: EventInput = {
      ...bodyOf(random, options.apis),
      actor: {
        type: "user",
        id: `u_${actor}`,
        name: `Person ${actor}`,
        email: `person.${actor}@example.org`,
      },
      ...next(),
    };
    if (options.days > 0)
      event.occurredAt = new Date(options.now - random() * options.days * day).toISOString();
    return event;
  };
}
