/**
 * The organizations of the demo: which payloads each gets, and who owns it. Slugs begin with `demo-`, so that no real organization is
 * affected.
 */
import type { Actor } from "daybook/internal";

/** One organization of the demo. */
export interface DemoOrganization {
  readonly slug: string;
  readonly name: string;
  /** The account that the importer maps for; it decides whether forks and transfers are incoming or outgoing. */
  readonly account?: string;
  /** The owner in the demo. */
  readonly owner: Actor & { id: string; name: string };
}

const codertocat = { type: "user", id: "21031067", name: "Codertocat" } as const;

export type DemoKey = "codertocat" | "octocoders" | "enterprise" | "others" | "definitions";

export const demoOrganizations: Readonly<Record<DemoKey, DemoOrganization>> = {
  codertocat: { slug: "demo-codertocat", name: "Codertocat", account: "Codertocat", owner: codertocat },
  octocoders: { slug: "demo-octocoders", name: "Octocoders", account: "Octocoders", owner: codertocat },
  enterprise: {
    slug: "demo-enterprise",
    name: "GitHub Enterprise Server",
    owner: { type: "user", id: "4", name: "Codertocat" },
  },
  others: {
    slug: "demo-others",
    name: "Octocat and others",
    owner: { type: "user", id: "1", name: "octocat" },
  },
  definitions: {
    slug: "demo-readme",
    name: "ReadMe",
    owner: { type: "user", id: "demo_owner", name: "Demo Owner" },
  },
};
