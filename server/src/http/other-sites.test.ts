/** What other sites can make a browser do here: no changes, and no recorded reads. */
import { request } from "node:http";
import { beforeAll, describe, expect, test } from "vitest";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { callAs, type SignedInPerson, signedIn } from "../api/testing/people.ts";
import { exportFormats } from "../export/index.ts";

let server: TestServer;
let owner: SignedInPerson;

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  owner = await signedIn(server, { email: "owner@acme.example", organization: "acme" });
});

const files = exportFormats.map(({ name }) => `/v1/organizations/acme/audit-log.${name}`);
const downloads = async (): Promise<number> => {
  const path = "/v1/organizations/acme/events?type=AUDIT_LOG_DOWNLOADED&type=AUDIT_LOG_DOWNLOAD_REFUSED";
  return (await server.call("GET", path)).body.events.length;
};

describe.each(files)("a reading that is recorded, %s,", (file) => {
  test.each(["cross-site", "same-site"])(
    "from another site (%s) is refused, and not recorded",
    async (site) => {
      const before = await downloads();
      const { status, body } = await callAs(server, owner, "GET", file, undefined, {
        "sec-fetch-site": site,
      });
      expect([status, body.code]).toEqual([403, "cross-site"]);
      expect(body.remedy).toBe("Open Daybook itself, and download the log from the organization's settings.");
      await server.services.denials.flush();
      expect(await downloads()).toBe(before);
    },
  );

  test.each([[{ "sec-fetch-site": "same-origin" }], [{ "sec-fetch-site": "none" }], [{}]])(
    "from here, an address bar or a program (%j) is let through",
    async (headers) => {
      const before = await downloads();
      const answer = await callAs(server, owner, "GET", file, undefined, headers as Record<string, string>);
      expect(answer.status).toBe(200);
      expect(await downloads()).toBe(before + 1);
    },
  );

  test("with a token is let through from anywhere: no site can make a browser send one", async () => {
    const answer = await server.call("GET", file, undefined, { "sec-fetch-site": "cross-site" });
    expect(answer.status).toBe(200);
  });

  test("whoever followed a link gets a page that says what to do", async () => {
    const { status, type, text } = await followed(file, owner.cookie);
    expect([status, type]).toEqual([403, "text/html; charset=utf-8"]);
    expect(text).toContain("This request came from another site");
    expect(text).toContain("download the log from the organization's settings");
  });
});

/** A followed link on another site; `fetch` itself never counts as navigation. */
const followed = (path: string, cookie: string): Promise<{ status: number; type: string; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = {
      cookie,
      accept: "text/html,application/xhtml+xml,*/*;q=0.8",
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    request(new URL(path, server.url), { headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, type: answer.headers["content-type"] ?? "", text }),
      );
    })
      .on("error", reject)
      .end();
  });

describe("a browser that says where it comes from by Origin only", () => {
  const change = async (of: TestServer, headers: Record<string, string>): Promise<string> => {
    const answer = await of.call("POST", "/v1/sign-in", { email: "a@b.example", password: "x" }, headers);
    return answer.body.code;
  };
  const none = { authorization: "" };

  test("is judged by the host that it asked, where no public address is configured", async () => {
    const { host, origin } = new URL(server.url);
    expect(await change(server, { ...none, origin })).toBe("sign-in-refused");
    expect(await change(server, { ...none, origin: `https://${host}` })).toBe("sign-in-refused");
    for (const other of ["https://evil.example", "null"])
      expect(await change(server, { ...none, origin: other })).toBe("cross-site");
  });

  test("is judged by the public address alone where there is one, whatever the host", async () => {
    const open = await openServer({ publicUrl: "https://daybook.example" });
    const { origin } = new URL(open.url);
    expect(await change(open, { ...none, origin: "https://daybook.example" })).toBe("sign-in-refused");
    for (const other of [origin, "http://daybook.example", "https://daybook.example:444", "null"])
      expect(await change(open, { ...none, origin: other }), other).toBe("cross-site");
  });
});

test("over https browsers are told to come by nothing else; over http not", async () => {
  const secure = await openServer({ publicUrl: "https://daybook.example" });
  for (const path of ["/healthz", "/sign-in", "/nowhere", "/v1/organizations"]) {
    const sent = await secure.call("GET", path);
    expect(sent.headers.get("strict-transport-security"), path).toBe("max-age=31536000");
    expect((await server.call("GET", path)).headers.get("strict-transport-security"), path).toBeNull();
  }
});
