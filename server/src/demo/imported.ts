/** Maps the packages' data to events by organization, with the public importers. Dates come later. */
import { createHash } from "node:crypto";
import { definitionDigest, type GithubDelivery, mapDefinition, mapGithub } from "daybook/importers";
import type { Actor, EventInput, JsonObject } from "daybook/internal";
import { type DemoKey, demoOrganizations } from "./organizations.ts";
import { type Definition, type Payloads, readDemoData } from "./packages.ts";

/**
 * The demo's data is public, and so are its ids: this is not a real secret, and exists only because ids always need one. Use your own for
 * real imports.
 */
export const demoSecret = "the demo of daybook: not a secret";

/** A placeholder time, until the events are dated. */
const undated = 0n;

/** An event of a payload, with the number of payloads of its kind before it. */
export interface ImportedEvent {
  readonly event: EventInput;
  readonly round: number;
}

/** The actor of the definitions, whose real author is unknown. */
const importer: Actor = { type: "system", id: "demo", name: "Demo importer" };

const member = (value: unknown, name: string): unknown =>
  value !== null && typeof value === "object" ? (value as Record<string, unknown>)[name] : undefined;

/** The login of the account that a payload belongs to. */
function accountOf({ payload }: GithubDelivery): unknown {
  const login =
    member(payload.organization, "login") ??
    member(member(payload.repository, "owner"), "login") ??
    member(member(payload.installation, "account"), "login");
  return login ?? member(member(payload.marketplace_purchase, "account"), "login");
}

function keyOf(delivery: GithubDelivery, enterprise: boolean): DemoKey {
  if (enterprise) return "enterprise";
  const account = accountOf(delivery);
  if (account === "Codertocat") return "codertocat";
  return account === "Octocoders" ? "octocoders" : "others";
}

function importPayloads(all: readonly Payloads[], into: Record<DemoKey, ImportedEvent[]>): void {
  const rounds = new Map<string, number>();
  for (const { enterprise, deliveries } of all) {
    for (const delivery of deliveries) {
      const key = keyOf(delivery, enterprise);
      const { account } = demoOrganizations[key];
      const options = { secret: demoSecret, ...(account === undefined ? {} : { account }) };
      const result = mapGithub({ ...delivery, receivedAt: undated }, options);
      if ("skipped" in result) continue;
      const counter = `${key} ${result.kind}`;
      const round = rounds.get(counter) ?? 0;
      rounds.set(counter, round + 1);
      for (const event of result.events) into[key].push({ event, round });
    }
  }
}

function importDefinitions(all: readonly Definition[], into: ImportedEvent[]): void {
  const digests = new Map<string, { digest: string; round: number }>();
  for (const { api, bytes } of all) {
    const known = digests.get(api);
    const event = mapDefinition({
      bytes,
      owner: "readme",
      name: api,
      id: createHash("sha256").update(api).digest("hex").slice(0, 12),
      ...(known ? { oldDigest: known.digest } : {}),
      actor: importer,
      time: undated,
      secret: demoSecret,
    });
    const round = known ? known.round + 1 : 0;
    digests.set(api, { digest: definitionDigest(bytes), round });
    if (event) into.push({ event, round });
  }
}

/** The content of the demo. */
export interface Imported {
  readonly events: Readonly<Record<DemoKey, ImportedEvent[]>>;
  /** Its sources, in words. */
  readonly sources: readonly string[];
}

/** Reads and maps everything. */
export function importAll(): Imported {
  const events: Record<DemoKey, ImportedEvent[]> = {
    codertocat: [],
    octocoders: [],
    enterprise: [],
    others: [],
    definitions: [],
  };
  const { payloads, payloadsFrom, definitions, definitionsFrom } = readDemoData();
  importPayloads(payloads, events);
  importDefinitions(definitions, events.definitions);
  const number = payloads.reduce((sum, { deliveries }) => sum + deliveries.length, 0);
  const sources = [
    `${number} webhook payloads of GitHub (${payloadsFrom.name} ${payloadsFrom.version})`,
    `${definitions.length} API definitions (${definitionsFrom.name} ${definitionsFrom.version})`,
  ];
  return { events, sources };
}

/** The members of an event's data. */
export const dataOf = (event: EventInput): JsonObject => event.data ?? {};
