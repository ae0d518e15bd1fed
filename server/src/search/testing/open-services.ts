/** Services over their own database, and events to record, for tests. They close after the test file that opened them. */
import type { EventInput, JsonObject, Receipt } from "daybook/internal";
import { afterwards } from "../../../../test/support/afterwards.ts";
import { freshDatabase } from "../../../../test/support/database.ts";
import { configOf } from "../../api/testing/open-server.ts";
import type { Config } from "../../config/index.ts";
import { unread } from "../../log/testing/test-services.ts";
import { type OpenServices, openServices } from "../../open-services.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import type { OrganizationView, SearchableOrganization } from "../visible.ts";

export const byOperator = { type: "operator", id: "operator" } as const;

/** The configuration of a new database. */
export const freshConfig = async (): Promise<Config> => configOf(await freshDatabase("embedded"));

/** The services of one process. */
export async function servicesOf(config: Config): Promise<OpenServices> {
  const services = await openServices(config, { notice: () => {} });
  afterwards(() => services.close());
  return services;
}

/** An organization as its owner sees it, with changes from `view`. */
export const visible = (
  organization: Organization,
  view: Partial<OrganizationView> = {},
): SearchableOrganization => ({
  ...organization,
  view: { rowScope: organization.organizationId, context: true, onlyTarget: undefined, ...view },
});

/** A new organization, as its owner sees it. */
export const organizationOf = async (services: OpenServices, slug: string): Promise<SearchableOrganization> =>
  visible(await createOrganization(services, slug));

const createOrganization = (services: OpenServices, slug: string): Promise<Organization> =>
  services.people.createOrganization({
    slug,
    name: slug.toUpperCase(),
    initiator: { actor: { type: "user", id: "operator" }, recordedBy: byOperator },
  });

/** Records events together; returns their receipts. */
export async function record(
  services: OpenServices,
  organization: Organization,
  ...events: EventInput[]
): Promise<Receipt[]> {
  const inputs = events.map((event, i) => ({
    value: event as unknown as JsonObject,
    pointer: `/events/${i}`,
    bytes: 500,
  }));
  const { receipts } = await services.log.record({
    organization,
    unread: unread(inputs),
    recordedBy: byOperator,
    mayImport: true,
  });
  return receipts as Receipt[];
}

/** An event with its number. */
export const team = (n: number, more: Partial<EventInput> = {}): EventInput => ({
  type: "NEW_TEAM",
  actor: { type: "user", id: `u_${n % 3}`, name: `User ${n % 3}` },
  targets: [{ type: "team", id: `t_${n}` }],
  data: { teamId: `t_${n}`, team: `Team ${n}` },
  ...more,
});
