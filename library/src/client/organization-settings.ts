/** The settings of an organization. */
import type { OrganizationSettings } from "../resources/index.ts";
import { type CallOptions, type ChangeOptions, change, readOne, type Tagged } from "./changes.ts";
import type { Lenient } from "./lenient.ts";
import type { Settings } from "./options.ts";

/** `get` needs the scope `events:read`; `change` is for owners and operators. */
export interface SettingsOfOrganization {
  /** The settings, with their entity tag. */
  get(options?: CallOptions): Promise<Tagged<OrganizationSettings>>;
  /**
   * Changes the given settings; null empties any but the name. Repeating the same change records nothing. Throws `request-invalid`,
   * `organization-closed`, `changed-meanwhile`.
   */
  change(
    settings: Lenient<Partial<OrganizationSettings>>,
    options?: ChangeOptions,
  ): Promise<Tagged<OrganizationSettings>>;
}

const path = "/settings";

/** The settings of the client's organization. */
export const organizationSettingsOf = (settings: Settings): SettingsOfOrganization => ({
  get: async (options) => readOne(settings, { path, ...options }),
  change: async (body, options) => change(settings, { path, body, ...options }),
});
