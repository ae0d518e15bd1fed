/**
 * A host application: one page of its own that shows Daybook's log to its own user, in its own colours, as high as the log is.
 * Its back end alone holds the API client's token; the browser gets an address that works for some minutes.
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Daybook } from "daybook";

const {
  DAYBOOK_URL: url = "http://127.0.0.1:4400",
  DAYBOOK_TOKEN: token,
  DAYBOOK_ORGANIZATION: organization = "acme",
  PORT: port = "4500",
} = process.env;
if (token === undefined) {
  console.error("Set DAYBOOK_TOKEN to the token of an API client with the scope events:read.");
  process.exit(1);
}
const daybook = new Daybook({ url, token, organization });

/** The page's own colours, which the log takes on. */
const look = { theme: "light", accent: "9c1f5c", background: "fdf6ec", text: "2b2018", size: "16" };

/**
 * Opens the log for who is signed in here. A real application takes them, and what they may see, from its own session, never
 * from the browser: here it is always Carol, who may see everything, or one API client where the page names it.
 *
 * @param {string | null} onlyTarget
 */
async function openLog(onlyTarget) {
  const session = await daybook.viewerSessions.open({
    role: "CONSUMER",
    minutes: 15,
    viewer: { id: "customer-7", name: "Carol Price" },
    ...(onlyTarget === null ? {} : { onlyTarget: { type: "api_client", id: onlyTarget } }),
  });
  const address = new URL(session.url);
  address.search = String(new URLSearchParams(look));
  return address.href;
}

/**
 * @param {import("node:http").ServerResponse} response
 * @param {number} status
 * @param {string} type
 * @param {string | Uint8Array} body
 */
const send = (response, status, type, body) => {
  const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" };
  // only our own script and style, and in frames only Daybook
  const policy = `default-src 'self'; frame-src ${new URL(url).origin}`;
  response.writeHead(status, { ...headers, "content-security-policy": policy }).end(body);
};

/** @type {Readonly<Record<string, readonly [type: string, file: string]>>} */
const files = {
  "/": ["text/html", "page.html"],
  "/page.js": ["text/javascript", "page.js"],
  "/page.css": ["text/css", "page.css"],
};

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://host");
  try {
    if (request.method === "POST" && pathname === "/log")
      return send(
        response,
        201,
        "application/json",
        JSON.stringify({ url: await openLog(searchParams.get("client")) }),
      );
    const found = files[pathname];
    if (found === undefined) return send(response, 404, "text/plain", "There is nothing here.");
    const [type, file] = found;
    return send(response, 200, type, readFileSync(new URL(file, import.meta.url)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return send(response, 502, "text/plain", "The log can't be shown right now.");
  }
});
server.listen(Number(port), "127.0.0.1", () => {
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  console.info(`The host listens at http://localhost:${address.port}`);
});
