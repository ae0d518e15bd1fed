/** The demo as a new user sees it after setting up. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { signedIn } from "../../server/src/api/testing/people.ts";
import { loadDemo } from "../../server/src/demo/index.ts";
import { isMissing, openWindow } from "./chromium.ts";
import { enter } from "./world.ts";

const url = "http://127.0.0.1:4400";
const reach = { url, page: `${url}/activity`, tokenFile: undefined, setUpLink: undefined };

let server: TestServer;
beforeAll(async () => {
  if (isMissing) return;
  server = await openServer();
  await loadDemo(server.services, { notice: () => undefined, reach });
});

test.skipIf(isMissing).each([true, false])(
  "who revoked 'Register sandbox', and when it would have expired, is there after two clicks (scripts: %s)",
  async (javaScriptEnabled) => {
    const anne = await signedIn(server, { email: "anne@daybook.example", operator: true });
    const { context, outside } = await openWindow({ javaScriptEnabled });
    await enter(context, server.url, anne);
    const page = await context.newPage();
    await page.goto(server.url);
    await page.getByRole("link", { name: "Register sandbox" }).first().click();
    await page.getByRole("link", { name: "Details of API client revoked" }).click();
    const words = (await page.getByRole("main").innerText()).replace(/\s+/g, " ");
    const { events } = await server.services.search.allEvents(server.services.access.everything, {
      filter: { types: ["API_CLIENT_REVOKED"] },
      cursor: undefined,
      limit: 1,
    });
    const expiresOn = new Date(String(events[0]?.data?.expiresOn)).toLocaleDateString("en-GB", {
      dateStyle: "long",
    });
    expect(words).toMatch(/API client revoked By Bob Marsh on \d+ \w+ \d{4}/);
    expect(words).toContain(`Expiry date ${expiresOn}`);
    expect(outside).toEqual([]);
    await context.close();
  },
);
