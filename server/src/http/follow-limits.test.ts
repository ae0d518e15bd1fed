/** Limits of open follows: per caller and organization, and given back when a follow ends. */
import { beforeAll, expect, test, vi } from "vitest";
import { openServer, type TestServer, token } from "../api/testing/open-server.ts";
import { type SignedInPerson, signedIn } from "../api/testing/people.ts";

let server: TestServer;
let people: SignedInPerson[];
beforeAll(async () => {
  server = await openServer({
    limits: { perCaller: 60_000, perAddress: 300, on: true },
    follows: { perCaller: 3, perOrganization: 5 },
  });
  for (const slug of ["acme", "other"]) await server.call("POST", "/v1/organizations", { slug, name: slug });
  people = await Promise.all(
    ["anne", "ben", "chris"].map((name) =>
      signedIn(server, { email: `${name}@acme.example`, organization: "acme" }),
    ),
  );
});

interface OpenFollow {
  readonly status: number;
  readonly text: string;
  end(): Promise<void>;
}

/** Opens a stream; a refused one has its text. */
async function follow(by: SignedInPerson | "operator", slug = "acme", query = ""): Promise<OpenFollow> {
  const controller = new AbortController();
  const credentials = by === "operator" ? { authorization: `Bearer ${token}` } : { cookie: by.cookie };
  const response = await fetch(`${server.url}/v1/organizations/${slug}/events/follow${query}`, {
    headers: { ...credentials, accept: "text/event-stream" } as Record<string, string>,
    signal: controller.signal,
  });
  const text = response.ok ? "" : await response.text();
  return {
    status: response.status,
    text: `${response.headers.get("retry-after")} ${text}`,
    async end() {
      controller.abort();
    },
  };
}

test("a caller can have so many, an organization so many, and one that ends makes room", async () => {
  const [anne, ben, chris] = people as [SignedInPerson, SignedInPerson, SignedInPerson];
  const open: OpenFollow[] = [];
  for (const person of [anne, anne, anne, ben, ben]) {
    const opened = await follow(person);
    expect(opened.status, opened.text).toBe(200);
    open.push(opened);
  }
  const fourth = await follow(anne);
  expect(fourth.status).toBe(429);
  expect(fourth.text).toMatch(/^10 .*"code":"too-many-requests"/);
  expect(fourth.text).toContain("You have 3 open follows, which is the limit.");
  const sixth = await follow(chris);
  expect(sixth.status).toBe(429);
  expect(sixth.text).toContain("This organization has 5 open follows by all its callers");
  // another organization has its own
  const other = await follow("operator", "other");
  expect(other.status).toBe(200);
  await other.end();
  await open[0]!.end();
  await vi.waitFor(async () => expect((await follow(anne)).status).toBe(200));
  const { text } = await server.call("GET", "/metrics");
  expect(text).toMatch(/^daybook_overloads_total\{what="follows"\} [1-9]/m);
  for (const each of open) await each.end();
});

test("a long poll counts while it waits, and a refused one leaves nothing behind", async () => {
  for (let i = 0; i < 10; i++) {
    const polled = await server.call("GET", "/v1/organizations/other/events/follow?wait=0");
    expect(polled.status, polled.text).toBe(200);
    const refused = await server.call("GET", "/v1/organizations/other/events/follow?wait=0&after=wrong");
    expect(refused.status).toBe(409);
  }
});
