/** Loads the demo: creates its organizations and records their events. A second run finds everything there, and adds nothing. */
import { DaybookError, type EventInput, limits } from "daybook/internal";
import type { ApiClients } from "../api-clients/index.ts";
import { byServer, type EventLog, unreadEvents } from "../log/index.ts";
import type { People } from "../people/index.ts";
import { importAll } from "./imported.ts";
import { type DemoKey, type DemoOrganization, demoOrganizations } from "./organizations.ts";
import { loadRegister, register } from "./register.ts";
import { timelineOf } from "./timeline.ts";
import { type Loaded, type Reach, wordsOf } from "./words.ts";

/** The services that the demo needs. */
interface DemoServices {
  readonly log: Pick<EventLog, "record">;
  readonly people: Pick<People, "createOrganization" | "organization">;
  readonly apiClients: Pick<ApiClients, "list" | "add" | "rename" | "revoke">;
}

interface DemoOptions {
  /** Prints a line for the person who watches, with those that belong to it. */
  readonly notice: (...lines: readonly [string, ...string[]]) => void;
  /** For the printed examples. */
  readonly reach: Reach;
}

type CreatedOrganization = Awaited<ReturnType<People["organization"]>>;

/** The organization, created if it doesn't exist. */
async function organizationOf(
  { people }: DemoServices,
  { slug, name }: Pick<DemoOrganization, "slug" | "name">,
): Promise<CreatedOrganization> {
  try {
    return await people.organization(slug, "everything");
  } catch (error) {
    if (!(error instanceof DaybookError) || error.code !== "organization-not-found") throw error;
  }
  const initiator = { actor: { type: "system", id: "demo", name: "Demo" } as const, recordedBy: byServer };
  try {
    return await people.createOrganization({ slug, name, initiator });
  } catch (error) {
    // another process is creating it
    if (!(error instanceof DaybookError) || error.code !== "slug-taken") throw error;
    return people.organization(slug, "everything");
  }
}

/** Records events in as many requests as needed; returns how many were new. */
async function recordAll(
  { log }: DemoServices,
  organization: CreatedOrganization,
  events: readonly EventInput[],
): Promise<number> {
  let recorded = 0;
  for (let i = 0; i < events.length; i += limits.batchEvents) {
    const lines = events.slice(i, i + limits.batchEvents).map((event) => JSON.stringify(event));
    const unread = unreadEvents(new TextEncoder().encode(lines.join("\n")), "application/x-ndjson");
    const answer = await log.record({ organization, unread, recordedBy: byServer, mayImport: true });
    recorded += answer.recorded;
  }
  return recorded;
}

/** The reason to skip an organization. Throws other errors. */
function whyLeft(error: unknown): string {
  if (!(error instanceof DaybookError)) throw error;
  if (error.code === "id-reused") return "has the demo of another version of Daybook";
  if (error.code === "organization-closed") return "has been closed";
  throw error;
}

/**
 * Loads the demo and prints what it did. Dates and ids depend on when each organization was created, so a later run, or one after a crash,
 * sends the same events, which are recorded once. Throws what recording throws.
 */
export async function loadDemo(services: DemoServices, options: DemoOptions): Promise<void> {
  const { events, sources } = importAll();
  const loaded: Loaded[] = [];
  for (const key of Object.keys(demoOrganizations) as DemoKey[]) {
    const demo: DemoOrganization = demoOrganizations[key];
    const organization = await organizationOf(services, demo);
    const timeline = timelineOf(demo, events[key], organization.createdAt);
    try {
      const recorded = await recordAll(services, organization, timeline);
      loaded.push({ organization: demo, events: timeline, recorded });
    } catch (error) {
      options.notice(`${demo.slug} ${whyLeft(error)}: it is left as it is.`);
    }
  }
  // last, so that it is the newest
  const organization = await organizationOf(services, register);
  await loadRegister({ ...services, organization }, Date.now()).catch((error: unknown) =>
    options.notice(`${register.slug} ${whyLeft(error)}: it is left as it is.`),
  );
  const [first = "", ...more] = wordsOf(loaded, sources, options.reach);
  options.notice(first, ...more);
}
