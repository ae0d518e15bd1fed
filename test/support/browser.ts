/** The parts of a browser that signing in needs: a cookie jar, following links one by one, posting forms. */

interface Cookie {
  readonly value: string;
  readonly path: string;
}

/** An answer and the address that it came from. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export class Browser {
  /** By origin, then by name. */
  readonly #jar = new Map<string, Map<string, Cookie>>();

  /** The Cookie header that goes to an address. */
  cookiesFor(url: string): string {
    const { origin, pathname } = new URL(url);
    return [...(this.#jar.get(origin) ?? [])]
      .filter(([, { path }]) => path === "/" || pathname === path || pathname.startsWith(`${path}/`))
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
  }

  /** One request, without following where it leads. */
  async ask(url: string, form?: Record<string, string>): Promise<Page> {
    const cookie = this.cookiesFor(url);
    const answer = await fetch(url, {
      redirect: "manual",
      headers: cookie === "" ? {} : { cookie },
      ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
    });
    this.#keep(url, answer.headers.getSetCookie());
    return { url, status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** Follows links from an answer until one leads to `until`, which is not asked for any more, or nowhere. */
  async follow(
    from: Page,
    until: (url: string) => boolean,
  ): Promise<{ page: Page; next: string | undefined }> {
    let page = from;
    for (let i = 0; i < 20; i++) {
      const location = page.headers.get("location");
      if (location === null) return { page, next: undefined };
      const next = new URL(location, page.url).href;
      if (until(next)) return { page, next };
      page = await this.ask(next);
    }
    throw new Error(`Led in circles at ${page.url}`);
  }

  #keep(url: string, cookies: readonly string[]): void {
    const { origin, pathname } = new URL(url);
    const kept = this.#jar.get(origin) ?? new Map<string, Cookie>();
    this.#jar.set(origin, kept);
    for (const each of cookies) {
      const [pair = "", ...attributes] = each.split(";").map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf("="));
      const value = pair.slice(pair.indexOf("=") + 1);
      const read = (key: string): string | undefined =>
        attributes.find((one) => one.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
      const expires = read("expires");
      if (expires !== undefined && Date.parse(expires) <= Date.now()) kept.delete(name);
      else kept.set(name, { value, path: read("path") ?? pathname });
    }
  }
}
