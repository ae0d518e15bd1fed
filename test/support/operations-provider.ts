/** An identity provider for operations: enough people for many sign-ins, and its forms. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import type { Config } from "../../server/src/config/index.ts";
import { Browser } from "./browser.ts";
import { freePort } from "./server-process.ts";

export interface Provider {
  /** What a server is configured with. */
  readonly openid: NonNullable<Config["openid"]>;
  /** A person without an account. */
  newLogin(): { readonly login: string; readonly email: string; readonly name: string };
  /** Goes to the provider from a server and back: the path that it sends the browser to, and the cookie that this one has by then. */
  through(server: TestServer, login: string): Promise<{ path: string; cookie: string }>;
  stop(): void;
}

const howMany = 100;
const callback = "/v1/sign-in/openid/callback";

/** Starts one for servers at these addresses; it knows these people too, by their logins. */
export async function startProvider(
  publicUrls: readonly string[],
  others: Readonly<Record<string, object>> = {},
): Promise<Provider> {
  const people = Object.fromEntries(
    Array.from({ length: howMany }, (_, i) => [
      `login-${i}`,
      { email: `login-${i}@provider.example`, email_verified: true, name: `Login ${i}` },
    ]),
  );
  const clientSecret = randomBytes(24).toString("base64url");
  const redirect_uris = publicUrls.map((url) => url + callback);
  const post_logout_redirect_uris = publicUrls.map((url) => `${url}/signed-out`);
  const child = spawn(
    process.execPath,
    ["--import", "tsx", fileURLToPath(new URL("./openid-provider.ts", import.meta.url))],
    {
      env: {
        ...process.env,
        PORT: String(await freePort()),
        PEOPLE: JSON.stringify({ ...people, ...others }),
        CLIENTS: JSON.stringify([
          { client_id: "daybook", client_secret: clientSecret, redirect_uris, post_logout_redirect_uris },
        ]),
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const issuer = String((await once(child.stdout, "data"))[0]).trim();
  let used = 0;
  return {
    openid: { issuer, clientId: "daybook", clientSecret, signOut: true },
    newLogin: () => {
      const login = `login-${used++}`;
      const found = people[login];
      if (found === undefined) throw new Error("The provider has no more people.");
      return { login, ...found };
    },
    through,
    stop: () => void child.kill(),
  };
}

async function through(server: TestServer, login: string): Promise<{ path: string; cookie: string }> {
  const browser = new Browser();
  const isCallback = (url: string): boolean => url.startsWith(server.url + callback);
  const begun = await browser.ask(`${server.url}/v1/sign-in/openid`);
  let { page, next } = await browser.follow(begun, isCallback);
  for (let i = 0; next === undefined && i < 5; i++) {
    const action = /action="([^"]+)"/.exec(page.text)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(page.text)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`No form: ${page.status} ${page.text}`);
    const form: Record<string, string> = prompt === "login" ? { prompt, login, password: "any" } : { prompt };
    ({ page, next } = await browser.follow(await browser.ask(action, form), isCallback));
  }
  if (next === undefined) throw new Error(`The provider did not send ${login} back.`);
  return { path: next.slice(server.url.length), cookie: browser.cookiesFor(next) };
}
