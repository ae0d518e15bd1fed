/**
 * The log within a host application's page, in Chromium: the example host on one site (localhost), Daybook on another (127.0.0.1). The host
 * runs examples/host, as in its README.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import type { FrameLocator, Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../../server/src/api/testing/open-server.ts";
import { recordSamples } from "../../server/src/web/testing/sample-activity.ts";
import { afterwards } from "../support/afterwards.ts";
import { freePort } from "../support/server-process.ts";
import { isMissing, openWindow } from "./chromium.ts";
import { keepPicture, lookAtFrame } from "./looking.ts";

let server: TestServer;
/** The host's page. */
let host: string;
let client: { id: string; token: string };

beforeAll(async () => {
  if (isMissing) return;
  const port = await freePort();
  host = `http://localhost:${port}`;
  server = await openServer({ frameOrigins: [host] });
  for (const slug of ["acme", "other"])
    await server.call("POST", "/v1/organizations", { slug, name: `The ${slug}` });
  await recordSamples(server, "acme");
  await recordSamples(server, "other");
  client = await newClient();
  await startHost(port);
});

async function newClient(): Promise<typeof client> {
  const expiresOn = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
  const wanted = { name: "Developer portal", expiresOn, scopes: ["events:read"] };
  return (await server.call("POST", "/v1/organizations/acme/api-clients", wanted)).body;
}

async function startHost(port: number): Promise<void> {
  const program = fileURLToPath(new URL("../../examples/host/host.js", import.meta.url));
  const env = { ...process.env, DAYBOOK_URL: server.url, DAYBOOK_TOKEN: client.token, PORT: String(port) };
  const child: ChildProcess = spawn(process.execPath, [program], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  afterwards(() => child.kill());
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  expect(String(line)).toContain(host);
}

type Options = Parameters<typeof openWindow>[0];

/** A window with the host's page, which collects its requests in `requests`. */
async function looking(
  path: string,
  work: (page: Page, frame: FrameLocator, requests: readonly string[]) => Promise<void>,
  options: Options = {},
): Promise<void> {
  const { context, outside } = await openWindow(options);
  try {
    const page = await context.newPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    // as browsers are by default, or will be
    const inspector = await context.newCDPSession(page);
    await inspector.send("Network.enable");
    await inspector.send("Network.setCookieControls", {
      enableThirdPartyCookieRestriction: true,
    });
    await page.goto(path.startsWith("http") ? path : host + path);
    await work(page, page.frameLocator("iframe"), requests);
    expect(outside.filter((url) => new URL(url).hostname !== "localhost")).toEqual([]);
  } finally {
    await context.close();
  }
}

/** Its port. */
async function listening(other: Server): Promise<number> {
  await once(other.listen(0, "127.0.0.1"), "listening");
  afterwards(() => other.close());
  return (other.address() as { port: number }).port;
}

const titles = (frame: FrameLocator): Promise<string[]> => frame.locator("article h3").allTextContents();
const shown = (frame: FrameLocator): Promise<void> => frame.locator("article:visible").first().waitFor();
/** The frame is as high as its content. */
const fits = async (page: Page, frame: FrameLocator): Promise<void> => {
  await expect
    .poll(async () => {
      const inside = await frame
        .locator("body")
        .evaluate((body) => Math.ceil(body.getBoundingClientRect().height));
      return (await page.locator("iframe").evaluate((each) => each.clientHeight)) - inside;
    })
    .toBe(0);
  expect(
    await frame
      .locator("html")
      .evaluate((root) => root.scrollHeight <= root.clientHeight && root.scrollWidth <= root.clientWidth),
  ).toBe(true);
};

describe.skipIf(isMissing)("the log within another site's page", () => {
  test("is seen, filtered, gone through and fitted, without leaving the frame or showing its token", async () => {
    await looking("/", async (page, frame, requests) => {
      await shown(frame);
      await fits(page, frame);
      expect(requests).toContainEqual(expect.stringMatching(/\/view(?:[?#]|$)/));
      expect(requests.filter((url) => url.includes("dbk_viewer_") && !url.includes("#"))).toEqual([]);
      await frame.getByText("Filter", { exact: true }).click();
      await fits(page, frame);
      await frame.getByLabel("Type", { exact: true }).selectOption("API_CLIENT_REVOKED");
      await frame.getByRole("button", { name: "Show events", exact: true }).click();
      await frame.getByRole("link", { name: /^Remove filter Type/ }).waitFor();
      expect(await titles(frame)).toEqual(["Tried to revoke an API client"]);
      await fits(page, frame);
      await frame
        .getByRole("link", { name: /^Details/ })
        .first()
        .click();
      await frame.getByRole("heading", { level: 1, name: /Tried to revoke an API client/ }).waitFor();
      expect(await frame.getByText("192.0.2.7").count()).toBe(0);
      await fits(page, frame);
      await frame.getByRole("link", { name: "All activity", exact: true }).first().click();
      await frame.getByRole("heading", { level: 1, name: "Activity" }).waitFor();
      expect(page.url()).toBe(`${host}/`);
      expect(await page.evaluate("frames.length")).toBe(1);
    });
  });

  test("its cookies are kept for this host's site alone, and sent to the session's own pages", async () => {
    await looking("/", async (page, frame) => {
      await shown(frame);
      const kept: object[] = await page.context().cookies();
      for (const name of ["daybook-viewer", "daybook-look"])
        expect(kept).toContainEqual(
          expect.objectContaining({
            name,
            path: expect.stringMatching(/^\/view\/viewer_\w+$/),
            partitionKey: "http://localhost",
            httpOnly: true,
            secure: true,
            sameSite: "None",
          }),
        );
    });
  });

  test("has the host's colours, size and the browser's time zone", async () => {
    await looking("/", async (page, frame) => {
      await shown(frame);
      const look = await frame.locator("html").evaluate((root) => {
        const { backgroundColor, color, fontSize } = getComputedStyle(root);
        return {
          backgroundColor,
          color,
          fontSize,
          accent: getComputedStyle(root).getPropertyValue("--accent"),
        };
      });
      expect(look).toEqual({
        backgroundColor: "rgb(253, 246, 236)",
        color: "rgb(43, 32, 24)",
        fontSize: "16px",
        accent: "#9c1f5c",
      });
      await frame.getByText(/Times are in Europe\/London/).waitFor();
      await fits(page, frame);
      await keepPicture(page, "embed-host");
    });
  });

  test("of one target shows only that", async () => {
    await looking("/?client=client_9", async (_page, frame) => {
      await frame.getByRole("heading", { level: 1, name: /Register sandbox/ }).waitFor();
      expect(await titles(frame)).toEqual([
        "Tried to revoke an API client",
        "API client updated",
        "API client added",
      ]);
    });
  });

  test("another organization's address in the frame is one that doesn't exist", async () => {
    await looking("/", async (page, frame) => {
      await shown(frame);
      const inner = page.frames()[1]!;
      await inner.goto(inner.url().replace("/orgs/acme/", "/orgs/other/"));
      await frame.getByRole("heading", { level: 1, name: "Page not found" }).waitFor();
      expect(await frame.getByText("API client").count()).toBe(0);
      await frame.getByRole("button", { name: "Go to all activity" }).click();
      await shown(frame);
    });
  });

  test("that has ended says so, in the frame and to the host, which opens it again", async () => {
    await looking("/", async (page, frame) => {
      await shown(frame);
      const again = page.getByRole("button", { name: "Open the log again" });
      expect(await again.isVisible()).toBe(false);
      await page.context().clearCookies();
      await frame.getByRole("link", { name: "Table" }).click();
      await frame.getByRole("heading", { name: "This log is no longer open" }).waitFor();
      await frame.getByText(/To open it again, reload the page that contains it/).waitFor();
      await fits(page, frame);
      await again.click();
      await shown(frame);
      await again.waitFor({ state: "hidden" });
    });
  });

  test("without scripts says what it needs", async () => {
    await looking(
      `${server.url}/view`,
      async (page) => {
        await page.getByText(/Scripts are turned off in this browser/).waitFor();
        await page.getByText(/If the log does not open, reload the page that contains it/).waitFor();
      },
      { javaScriptEnabled: false },
    );
  });
});

test.skipIf(isMissing)(
  "the browser of these tests keeps no cookie of a third party but a partitioned one",
  async () => {
    const cookies: (string | undefined)[] = [];
    const third = createServer((request, response) => {
      cookies.push(request.headers.cookie);
      const set = ["plain=1", "apart=1; Partitioned"].map((each) => `${each}; SameSite=None; Secure; Path=/`);
      response.writeHead(200, { "set-cookie": set }).end();
    });
    const url = `http://127.0.0.1:${await listening(third)}/`;
    const first = createServer((_request, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end(`<iframe src="${url}"></iframe>`),
    );
    await looking(`http://localhost:${await listening(first)}/`, async (page) => {
      await page.frames()[1]!.goto(`${url}again`);
      expect(cookies[0]).toBe(undefined);
      expect(cookies.at(-1)).toBe("apart=1");
    });
  },
);

test.skipIf(isMissing)("another origin shows nothing and is told nothing", async () => {
  const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "c_7" } };
  const { body } = await server.call("POST", "/v1/viewer-sessions", wanted);
  const html = `<iframe src="${body.url}"></iframe><script>said = []; onmessage = ({ data }) => said.push(data)</script>`;
  const other = createServer((_request, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(html),
  );
  await looking(`http://localhost:${await listening(other)}/`, async (page) => {
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/chrome-error/);
    expect(await page.evaluate("said")).toEqual([]);
    expect(await page.context().cookies()).toEqual([]);
  });
});

const looks = {
  light: { theme: "light", width: 1280 },
  dark: { theme: "dark", width: 1280 },
  narrow: { theme: "light", width: 320 },
  "narrow-dark": { theme: "dark", width: 320 },
  "pale-on-pale": { theme: "light", width: 640, background: "ffd0d0", text: "ffb0b0", accent: "ffff00" },
  "dark-red": { theme: "auto", width: 640, background: "3a0d12", accent: "7a1020" },
} as const;

describe.skipIf(isMissing).each(Object.entries(looks))("in %s", (name, { width, ...look }) => {
  test("axe finds nothing in the list, an event, what is not there and what has ended", async () => {
    const wanted = { organization: "acme", role: "CONSUMER", viewer: { id: "c_7" } };
    const { body } = await server.call("POST", "/v1/viewer-sessions", wanted);
    const address = new URL(body.url);
    address.search = String(new URLSearchParams(look));
    await looking(
      address.href,
      async (page) => {
        await page.locator("article:visible").first().waitFor();
        await page.waitForLoadState("load");
        await lookAtFrame(page, "embed-list", name);
        const list = page.url();
        await page
          .getByRole("link", { name: /^Details/ })
          .first()
          .click();
        await page.getByRole("heading", { name: "Proof" }).waitFor();
        await lookAtFrame(page, "embed-event", name);
        await page.goto(list.replace("/acme/", "/other/"));
        await lookAtFrame(page, "embed-missing", name);
        await page.goto(list.replace(/viewer_\w+/, "viewer_0"));
        await lookAtFrame(page, "embed-ended", name);
      },
      { viewport: { width, height: 800 }, reducedMotion: "reduce" },
    );
  });
});
