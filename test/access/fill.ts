/** A full organization, with marks that identify any of its data. */
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import { signedIn } from "../../server/src/api/testing/people.ts";

export interface Filled {
  readonly organization: { readonly id: string; readonly slug: string };
  /** The ids of its resources, by the name in routes. */
  readonly ids: Readonly<Record<string, string>>;
  /** Texts that occur only in it, without those in addresses. */
  readonly marks: readonly string[];
}

/** Makes one. */
export async function fill(server: TestServer, slug: string): Promise<Filled> {
  const name = `The ${slug} works`;
  const at = `/v1/organizations/${slug}`;
  const post = async (path: string, body: unknown): Promise<Record<string, string>> => {
    const answer = await server.call("POST", `${at}${path}`, body);
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.body;
  };
  const { body: organization } = await server.call("POST", "/v1/organizations", { slug, name });
  await server.call("PATCH", `${at}/settings`, { description: `What ${slug} is about` });
  const { user } = await signedIn(server, { email: `olga@${slug}.example`, organization: slug });
  await post("/invitations", { email: `iris@${slug}.example`, role: "DESIGNER" });
  const team = await post("/teams", { name: `Team of ${slug}` });
  await server.call("PUT", `${at}/teams/${team.id}/members/${user.id}`);
  const expiresOn = new Date(Date.now() + 100 * 86_400_000).toISOString().slice(0, 10);
  const client = await post("/api-clients", {
    name: `Machine of ${slug}`,
    expiresOn,
    scopes: ["events:read"],
  });
  const view = await post("/views", {
    name: `View of ${slug}`,
    forEveryone: true,
    search: { q: `found-at-${slug}` },
  });
  const type = { name: `${slug}.paid`, title: `Paid at ${slug}`, sentence: "{actor} paid {target}" };
  await post("/event-types", { ...type, data: null });
  const event = {
    type: "NEW_TEAM",
    actor: { type: "user", id: `u_of_${slug}` },
    targets: [{ type: "team", id: "t_1", name: `Target of ${slug}` }],
    data: { teamId: "t_1", team: `Target of ${slug}` },
  };
  const recorded = (await post("/events", event)) as unknown as { receipts: { id: string }[] };
  return {
    organization,
    ids: {
      user: user.id,
      team: team.id!,
      view: view.id!,
      client: client.id!,
      id: recorded.receipts[0]!.id,
      type: type.name,
    },
    marks: [
      name,
      `What ${slug} is about`,
      `olga@${slug}.example`,
      `iris@${slug}.example`,
      `Team of ${slug}`,
      `View of ${slug}`,
      `found-at-${slug}`,
      `Machine of ${slug}`,
      `Paid at ${slug}`,
      `u_of_${slug}`,
      `Target of ${slug}`,
    ],
  };
}
