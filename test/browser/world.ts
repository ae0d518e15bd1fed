/** The servers for tests of pages: one with organizations and people, and one without an account where a test needs it. */
import type { BrowserContext } from "playwright-core";
import { openServer, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../../server/src/api/testing/people.ts";
import { recordSamples } from "../../server/src/web/testing/sample-activity.ts";

export const password = "correct horse battery staple";
export const anne = { name: "Anne Wilson", email: "anne@acme.example", password };

interface FreshServer {
  readonly url: string;
  readonly code: string;
}

/** A server, its people and what they have. */
export interface BrowserWorld {
  readonly server: TestServer;
  /** A server that nobody has set up, with a one-time code for its first account. It starts at the first call. */
  fresh(): Promise<FreshServer>;
  /** An operator, and OWNER of acme, with a password. */
  readonly anne: Pick<SignedInPerson, "cookie">;
  /** A person without an organization and a password. */
  readonly zoe: SignedInPerson;
  /** The token of an invitation into acme for that address. */
  invite(email: string, role?: string): Promise<string>;
  /** Anne signs in again: for tests that end sessions. */
  signInAnne(): Promise<Pick<SignedInPerson, "cookie">>;
}

/** Opens one, with the gallery. */
export async function openWorld(): Promise<BrowserWorld> {
  const server = await openServer({ gallery: true });
  const code = (await server.services.signIn.offerSetUp())?.code;
  const setUp = await server.call("POST", "/v1/set-up", { code, ...anne }, { cookie: "" });
  const first = { cookie: cookieOf(setUp.headers) };
  await callAs(server, first, "POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  await signedIn(server, { email: anne.email, organization: "acme" });
  // the organization of the activity screens: nothing else happens there, and its members don't sign in
  await callAs(server, first, "POST", "/v1/organizations", { slug: "globex", name: "Globex" });
  await recordSamples(server, "globex");
  let fresh: Promise<FreshServer> | undefined;
  return {
    server,
    fresh: () => (fresh ??= openFresh()),
    anne: first,
    zoe: await signedIn(server, { email: "zoe@elsewhere.example", name: "Zoe Quinn" }),
    invite: async (email, role = "DESIGNER") => {
      const path = "/v1/organizations/acme/invitations";
      const { body } = await callAs(server, first, "POST", path, { email, role });
      return String(body.link).split("#")[1] ?? "";
    },
    signInAnne: async () => {
      const { name: _, ...known } = anne;
      return { cookie: cookieOf((await server.call("POST", "/v1/sign-in", known, { cookie: "" })).headers) };
    },
  };
}

async function openFresh(): Promise<FreshServer> {
  const { url, services } = await openServer();
  return { url, code: (await services.signIn.offerSetUp())?.code ?? "" };
}

const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(";")[0] ?? "";

/** Gives the window a person's session. */
export async function enter(
  context: BrowserContext,
  url: string,
  { cookie }: Pick<SignedInPerson, "cookie">,
): Promise<void> {
  const [name = "", value = ""] = cookie.split("=");
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: "Lax" }]);
}
