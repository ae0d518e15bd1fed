/** Random changes of an organization by one worker, one after the other; it knows the present state from the responses. */

/** A request that changes something. */
export interface Change {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  /** Whether it changes something in any case, so that an event has to tell of it. */
  readonly tells?: boolean;
  /** What becomes of the worker's own knowledge once it is done. */
  readonly done?: (body: { readonly id: string }) => void;
}

/** Gives the next change, and is told what was answered. */
export interface Changer {
  change(): Change;
  answered(change: Change, answer: { readonly status: number; readonly body: { readonly id: string } }): void;
}

const pick = <T>(items: readonly T[]): T => items[Math.floor(Math.random() * items.length)]!;
const roles = [null, "AUDITOR", "DESIGNER", "CONSUMER"];

/** A worker of an organization; `at` tells workers apart. */
export function changer(slug: string, at: number): Changer {
  const org = `/v1/organizations/${slug}`;
  const own = {
    client: [] as string[],
    team: [] as string[],
    invitation: [] as string[],
    members: [] as string[],
  };
  let made = 0;
  const name = (of: string): string => `${of} ${at}.${++made}`;
  const add = (kind: "client" | "team" | "invitation") => (body: { id: string }) =>
    void own[kind].push(body.id);
  const gone = (kind: "client" | "team" | "invitation", id: string) => (): void =>
    void own[kind].splice(own[kind].indexOf(id), 1);

  const newClient = (): Change => {
    const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    const body = { name: name("Client"), expiresOn, scopes: ["events:write"] };
    return { method: "POST", path: `${org}/api-clients`, body, tells: true, done: add("client") };
  };
  const newTeam = (): Change => {
    const body = { name: name("Team"), role: pick(roles) };
    return { method: "POST", path: `${org}/teams`, body, tells: true, done: add("team") };
  };
  const invite = (): Change => {
    const body = { email: `invited-${at}-${++made}@${slug}.example`, role: "CONSUMER" };
    return { method: "POST", path: `${org}/invitations`, body, tells: true, done: add("invitation") };
  };
  const ofClient = (): Change => {
    const id = pick(own.client);
    if (id === undefined) return newClient();
    const path = `${org}/api-clients/${id}`;
    return pick<Change>([
      { method: "PATCH", path, body: { name: name("Renamed") }, tells: true },
      { method: "POST", path: `${path}/rotate`, body: { overlapMinutes: 5 }, tells: true },
      { method: "POST", path: `${path}/revoke`, done: gone("client", id) },
      { method: "DELETE", path, done: gone("client", id) },
    ]);
  };
  const ofTeam = (): Change => {
    const id = pick(own.team);
    if (id === undefined) return newTeam();
    const path = `${org}/teams/${id}`;
    const user = pick(own.members);
    return pick<Change>([
      { method: "PATCH", path, body: { name: name("Renamed") }, tells: true },
      { method: "PATCH", path, body: { name: name("Both"), role: pick(roles) }, tells: true },
      { method: "PATCH", path, body: { role: pick(roles) } },
      { method: "PUT", path: `${path}/members/${user}` },
      { method: "DELETE", path: `${path}/members/${user}` },
      { method: "DELETE", path, tells: true, done: gone("team", id) },
    ]);
  };
  const ofInvitation = (): Change => {
    const id = pick(own.invitation);
    if (id === undefined) return invite();
    return { method: "DELETE", path: `${org}/invitations/${id}`, done: gone("invitation", id) };
  };
  const ofMember = (): Change => {
    const user = pick(own.members);
    const body = { role: pick(["OWNER", "DESIGNER", "CONSUMER", "AUDITOR"]) };
    return { method: "PATCH", path: `${org}/members/${user}`, body };
  };
  const settings = (): Change => {
    const body = { description: name("About"), location: pick([null, "Utrecht", "Delft"]) };
    return { method: "PATCH", path: `${org}/settings`, body, tells: true };
  };

  return {
    change: () => {
      if (own.members.length === 0) return { method: "GET", path: `${org}/members` };
      return pick([
        newClient,
        ofClient,
        ofClient,
        newTeam,
        ofTeam,
        ofTeam,
        invite,
        ofInvitation,
        ofMember,
        settings,
      ])();
    },
    answered: ({ done }, { status, body }) => {
      if (status < 300) done?.(body);
      const { members } = body as unknown as { members?: { user: { id: string } }[] };
      if (own.members.length === 0 && Array.isArray(members))
        own.members.push(...members.map(({ user }) => user.id));
    },
  };
}
