/** The page behind the `type` of a problem document: the server's own description of the error. */
import { codes } from "daybook/internal";
import { beforeAll, expect, test } from "vitest";
import { emptyDatabase } from "../../../../test/support/database.ts";
import { configOf, openServer, serveConfig, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
});

const anyone = { authorization: "", accept: "text/html" };

test("the type of a problem, resolved against the address that was asked, is a place of a page of this server", async () => {
  for (const path of ["/v1/organizations/nowhere", "/v1/nothing", "/v1/organizations/x/events?limit=0"]) {
    const { body } = await server.call("GET", path);
    const place = new URL(body.type, new URL(path, server.url));
    expect(place.origin).toBe(server.url);
    const { status, text } = await server.call("GET", place.pathname, undefined, anyone);
    expect(status).toBe(200);
    expect(text).toContain(`id="${decodeURIComponent(place.hash.slice(1))}"`);
    expect(text).toContain(body.remedy.replaceAll("'", "&#39;").split("'")[0]);
  }
});

test("where no public name is configured, the start and the operators' page say so; where one is, not", async () => {
  const operatorSees = async (of: TestServer): Promise<boolean> => {
    const { cookie } = await signedIn(of, { email: "operator@daybook.example", operator: true });
    const headers = { cookie, accept: "text/html" };
    return (await of.call("GET", "/orgs", undefined, headers)).text.includes(
      "No public address is configured",
    );
  };
  const lines: string[] = [];
  const notice = (line: string): void => void lines.push(line);
  const unnamed = configOf(await emptyDatabase("embedded"), { logName: undefined });
  const first = await serveConfig(unnamed, { notice });
  const printed = lines.join("\n");
  expect(printed).toMatch(
    /No public name was configured, so the logs are permanently named '[a-z2-7]{26}\.invalid'\./,
  );
  expect(printed).toContain("No public address is configured");
  expect(await operatorSees(first)).toBe(true);
  await first.close();
  lines.length = 0;
  const named = configOf(await emptyDatabase("embedded"), { publicUrl: "http://daybook.example" });
  const second = await serveConfig(named, { notice });
  expect(lines.join("\n")).not.toContain("No public");
  expect(await operatorSees(second)).toBe(false);
  await second.close();
});

test("every error that crosses HTTP has its place, with what is wrong and what to do; no other has one", async () => {
  const { text } = await server.call("GET", "/docs/errors", undefined, anyone);
  const plain = text.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&lt;", "<");
  for (const [code, { status, title, remedy }] of Object.entries(codes)) {
    expect(text.includes(` id="${code}"`), code).toBe(status > 0);
    if (status > 0) for (const words of [title, remedy]) expect(plain).toContain(words);
  }
  // each status has its own text
  expect(plain).not.toMatch(/<h2>Others/);
});
