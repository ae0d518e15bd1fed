/** A server for tests of the pages of API clients, with organizations that Anne owns, and her browser. */
import { beforeAll, expect } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { type Browsing, browsing, dayFrom } from "./browse-clients.ts";

/** Each is there once the tests run. */
interface AnnesClients {
  readonly server: TestServer;
  /** In the organization that was made last. */
  readonly anne: Browsing;
  /** A new organization that Anne owns; the address of its clients. */
  readonly place: () => Promise<{ at: string; slug: string }>;
  /** Adds a client over the API; the address of its page. */
  readonly client: (slug: string, name: string, expiresOn?: string) => Promise<string>;
}

/** Opens the server before the tests of the file. */
export function annesClients(): AnnesClients {
  let server: TestServer;
  let anne: Browsing;
  let organizations = 0;
  beforeAll(async () => {
    server = await openServer();
  });
  return {
    get server() {
      return server;
    },
    get anne() {
      return anne;
    },
    async place() {
      const slug = `org-${++organizations}`;
      await server.call("POST", "/v1/organizations", { slug, name: `Org ${organizations}` });
      const account = { email: "anne@acme.example", name: "Anne Wilson" };
      anne = browsing(server, await signedIn(server, { ...account, organization: slug }));
      return { at: `/orgs/${slug}/api-clients`, slug };
    },
    async client(slug, name, expiresOn = dayFrom(100)) {
      const body = { name, expiresOn, scopes: ["events:write"] };
      const added = await server.call("POST", `/v1/organizations/${slug}/api-clients`, body);
      expect(added.status).toBe(201);
      return `/orgs/${slug}/api-clients/${added.body.id}`;
    },
  };
}
