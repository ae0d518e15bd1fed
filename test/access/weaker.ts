/**
 * Callers whose real credentials give less access than they seem to: between password and code, signed in long ago, or opened by someone
 * who lost the right.
 */
import { hash } from "node:crypto";
import { signedIn } from "../../server/src/api/testing/people.ts";
import { newToken } from "../../server/src/secrets/index.ts";
import { anywhere } from "../../server/src/store/testing/anywhere.ts";
import type { AccessFixture, Credential, Headers } from "./credentials.ts";

export interface WeakerCaller {
  readonly name: string;
  /** The kind of caller that they count as, except for acts that need a confirmed identity; undefined for anonymous. */
  readonly as?: Credential;
  credentials(): Promise<Headers>;
}

export function weakerCallers(fixture: AccessFixture): WeakerCaller[] {
  return [
    half(fixture, "by its own cookie", (token) => ({ cookie: `daybook-half=${token}` })),
    half(fixture, "as a session", (token) => ({ cookie: `daybook=${token}` })),
    half(fixture, "as a bearer", (token) => ({ authorization: `Bearer ${token}` })),
    stale(fixture, { name: "an operator who signed in long ago", kind: "operator", roles: [] }),
    stale(fixture, { name: "an owner who signed in long ago", kind: "person", roles: ["OWNER"] }),
    opened(
      fixture,
      "is no operator any more",
      "UPDATE user_account SET is_operator = false WHERE user_id = $1",
    ),
    opened(fixture, "signed out", "DELETE FROM session WHERE user_id = $1"),
    opened(
      fixture,
      "was idle for too long",
      "UPDATE session SET last_seen_at = now() - interval '31 minutes' WHERE user_id = $1",
    ),
  ];
}

/** A person who entered a password but no code. */
function half({ server, own }: AccessFixture, how: string, shown: (token: string) => Headers): WeakerCaller {
  return {
    name: `a half-session, ${how}`,
    credentials: async () => {
      const { user } = await signedIn(server, { email: `half@${own}.example`, organization: own });
      const token = newToken("dbk_half_");
      const expiresAt = BigInt(Date.now() + 600_000) * 1000n;
      const [tokenHash, passwordHash] = [token, ""].map((text) => hash("sha256", text, "buffer"));
      const session = { userId: user.userId, method: "PASSWORD" as const, userAgent: null, expiresAt };
      await server.services.store.write(
        (tx) => tx.insertHalfSession({ ...session, tokenHash: tokenHash!, passwordHash: passwordHash! }),
        anywhere,
      );
      return shown(token);
    },
  };
}

function stale({ server, plant, own }: AccessFixture, who: Credential): WeakerCaller {
  return {
    name: who.name,
    as: who,
    credentials: async () => {
      const email = `${who.name.replaceAll(" ", "-")}@${own}.example`;
      const wanted = who.kind === "operator" ? { operator: true } : { organization: own };
      const { cookie, user } = await signedIn(server, { email, ...wanted });
      const earlier = "UPDATE session SET authenticated_at = now() - interval '1 hour' WHERE user_id = $1";
      await plant(earlier, [user.userId]);
      return { cookie };
    },
  };
}

/** A viewer session that an operator opened before they lost the right. */
function opened({ server, plant, own }: AccessFixture, what: string, happens: string): WeakerCaller {
  return {
    name: `a viewer whose opener ${what}`,
    credentials: async () => {
      const email = `${what.replaceAll(" ", "-")}@${own}.example`;
      const { cookie, user } = await signedIn(server, { email, operator: true });
      const wanted = { organization: own, role: "AUDITOR", minutes: 60, viewer: { id: "u_9" } };
      const { body } = await server.call("POST", "/v1/viewer-sessions", wanted, { cookie });
      const shown = { authorization: `Bearer ${body.token}` };
      const before = await server.call("GET", `/v1/organizations/${own}/events`, undefined, shown);
      if (before.status !== 200) throw new Error(`The viewer session never worked: ${before.text}`);
      await plant(happens, [user.userId]);
      return shown;
    },
  };
}
