/**
 * OpenID Connect, as far as the provider goes: the authorization code flow with PKCE, state and nonce. What a browser has to
 * bring back lies in a cookie of its own, so nothing is kept here. It refuses to know whose account it is.
 */
import { DaybookError } from "daybook/internal";
import * as client from "openid-client";

/** The provider, and what it knows Daybook by. */
export interface OpenIdOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people reach Daybook, without a slash at its end. */
  readonly publicUrl: string;
  /** Whether signing out signs out there too. */
  readonly signOut: boolean;
}

/** What the browser that began has to bring back: for a cookie that lives for ten minutes. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whether they were asked to show there who they are, though they may be signed in. */
  readonly again?: true | undefined;
}

/** Who the provider says it is. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** Undefined: none that the provider has verified. */
  readonly email: string | undefined;
  readonly name: string | undefined;
  /**
   * When they showed there who they are, in microseconds since 1970 UTC: they may have been signed in there all along. Undefined: the provider
   * doesn't say.
   */
  readonly authenticatedAt: bigint | undefined;
}

/** Where a browser goes to sign out, and what it has to come back with. */
export interface Leaving {
  readonly url: string;
  readonly state: string;
}

export interface Provider {
  /** Where the browser goes; `again`: they sign in there even if they are signed in. Throws `openid-unavailable`. */
  begin(again?: true): Promise<{ readonly url: string; readonly flow: Flow }>;
  /** `query` as the provider sent the browser back with it. Throws `openid-refused`, `openid-unavailable`. */
  finish(query: string, flow: Flow | undefined): Promise<Identity>;
  /**
   * Where the browser goes to sign out there too, and comes back from with `state`, a new one if none is given; undefined where the provider has no such place, can't
   * be reached, or isn't wanted to. No ID token goes along, for none is kept: it would be personal data in addresses and in backups.
   */
  end(state?: string): Promise<Leaving | undefined>;
}

/** The path that the provider sends people back to. */
const callbackPath = "/v1/sign-in/openid/callback";
/** The page that it sends people back to who signed out there. */
const signedOutPath = "/signed-out";
const scope = "openid email profile";
/** Seconds that the provider may take for one answer. */
const patience = 10;

export function openProvider(options: OpenIdOptions): Provider {
  const { issuer, clientId, clientSecret, publicUrl, signOut } = options;
  const server = new URL(issuer);
  const redirectUri = `${publicUrl}${callbackPath}`;
  // the configuration takes http: from this machine only
  const execute = [
    // the signature of ID tokens and of signed userinfo counts, not only that they came over TLS
    client.enableNonRepudiationChecks,
    ...(server.protocol === "http:" ? [client.allowInsecureRequests] : []),
  ];
  const discovered = kept(() =>
    client.discovery(server, clientId, clientSecret, undefined, { execute, timeout: patience }),
  );
  return {
    async begin(again) {
      const config = await discovered();
      const flow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        ...(again && { again }),
      };
      const challenge = await client.calculatePKCECodeChallenge(flow.verifier);
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: challenge,
        code_challenge_method: "S256",
        // who asks for it is told when they showed who they are
        ...(again ? { prompt: "login", max_age: String(longestAgo) } : { max_age: String(anyAge) }),
      });
      return { url: url.href, flow };
    },
    async finish(query, flow) {
      if (flow === undefined) throw notBegun();
      const config = await discovered();
      const back = new URL(redirectUri);
      back.search = query;
      return identify(config, back, flow).catch((error: unknown) => {
        throw explained(error);
      });
    },
    async end(state = client.randomState()) {
      const config = signOut ? await discovered().catch(() => undefined) : undefined;
      if (config?.serverMetadata().end_session_endpoint === undefined) return undefined;
      const back = { post_logout_redirect_uri: `${publicUrl}${signedOutPath}`, state };
      return { url: client.buildEndSessionUrl(config, back).href, state };
    },
  };
}

/** Seconds since they showed there who they are, where they were asked to. */
const longestAgo = 300;
/** Seconds, a year: else it doesn't matter when that was. */
const anyAge = 31_536_000;

/** Milliseconds that what the provider says of itself counts for; its keys are read more often. */
const metadataKept = 3_600_000;

/** Asks at the first call, again after a while, and at the next call where that failed; what was found before holds meanwhile. */
function kept(ask: () => Promise<client.Configuration>): () => Promise<client.Configuration> {
  let found: Promise<client.Configuration> | undefined;
  let askedAt = 0;
  return () => {
    const now = Date.now();
    if (found !== undefined && now - askedAt < metadataKept) return found;
    const before = found;
    askedAt = now;
    found = ask().catch((error: unknown) => {
      found = before;
      askedAt = 0;
      if (before !== undefined) return before;
      throw unavailable(error);
    });
    return found;
  };
}

async function identify(config: client.Configuration, back: URL, flow: Flow): Promise<Identity> {
  const tokens = await client.authorizationCodeGrant(config, back, {
    pkceCodeVerifier: flow.verifier,
    expectedState: flow.state,
    expectedNonce: flow.nonce,
    idTokenExpected: true,
    ...(flow.again && { maxAge: longestAgo }),
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new DaybookError("openid-refused");
  const { sub, iss, auth_time: shownAt } = claims;
  const authenticatedAt = flow.again || shownAt === undefined ? undefined : microsOf(shownAt);
  return {
    issuer: iss,
    subject: sub,
    authenticatedAt,
    ...claimsOf(await documentOf(config, tokens.access_token, claims)),
  };
}

/** Of seconds as a provider writes them; what is no time that was, long ago. */
const microsOf = (seconds: number): bigint =>
  seconds > 0 && seconds < 1e11 ? BigInt(Math.trunc(seconds)) * 1_000_000n : 0n;

/** What the provider says of a person in one document: the ID token, or what it answers at its userinfo endpoint. */
type JsonDocument = Readonly<Record<string, unknown>>;

/**
 * The one document that tells of the person: the ID token where it has an address and says whether that is verified, else userinfo, where there is one.
 * Never some members of one and some of the other: what one vouches for it does not vouch for in the other. Userinfo of another subject is refused.
 */
async function documentOf(
  config: client.Configuration,
  accessToken: string,
  claims: client.IDToken,
): Promise<JsonDocument> {
  const isWhole = claims.email !== undefined && claims.email_verified !== undefined;
  if (isWhole || config.serverMetadata().userinfo_endpoint === undefined) return claims;
  return client.fetchUserInfo(config, accessToken, claims.sub);
}

/** Address and name as one document has them; an address that isn't verified is none. */
function claimsOf(document: JsonDocument): Pick<Identity, "email" | "name"> {
  const { email, email_verified: verified, name, preferred_username: userName } = document;
  const isVerified = verified === true || verified === "true";
  return {
    email: isVerified && typeof email === "string" ? email : undefined,
    name: [name, userName].find((each): each is string => typeof each === "string" && each.trim() !== ""),
  };
}

/** What the provider may answer or not answer, in our words: its own may hold what is not for the caller. */
function explained(error: unknown): DaybookError {
  if (error instanceof DaybookError) return error;
  if (error instanceof client.AuthorizationResponseError) {
    const isDown = error.error === "server_error" || error.error === "temporarily_unavailable";
    return isDown
      ? unavailable(error)
      : refused(error, "The identity provider refused the sign-in, or you cancelled it.");
  }
  if (error instanceof client.ResponseBodyError) {
    const ours = error.status >= 500 || error.error === "invalid_client";
    return ours ? unavailable(error) : refused(error, "The identity provider rejected the sign-in code.");
  }
  if (error instanceof client.ClientError && error.code === "OAUTH_KEY_SELECTION_FAILED")
    return newKey(error);
  if (error instanceof client.ClientError && !unreached.has(error.code ?? ""))
    return refused(error, "The identity provider's response does not match the request.");
  return unavailable(error);
}

/** Codes of failures where no answer came, or none of the protocol. */
const unreached: ReadonlySet<string> = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
]);

/** Only what kind of failure it was goes on: the rest may hold tokens. */
const causeOf = (error: unknown): Error => {
  const { message, code } = error as { message?: string; code?: string };
  return new Error([message, code].filter((each) => each !== undefined).join(": "));
};

const unavailable = (error: unknown): DaybookError =>
  new DaybookError("openid-unavailable", { cause: causeOf(error), retryAfter: 5 });

/** Its keys are read at most once a minute: a token by a newer one may be right. */
const newKey = (error: unknown): DaybookError =>
  new DaybookError("openid-unavailable", {
    detail: "The identity provider signed with a key that it has not published, or published only just now.",
    cause: causeOf(error),
    retryAfter: 60,
  });

const refused = (error: unknown, detail: string): DaybookError =>
  new DaybookError("openid-refused", { detail, cause: causeOf(error) });

const notBegun = (): DaybookError =>
  new DaybookError("openid-refused", {
    detail: "This sign-in was not started in this browser, or it took longer than ten minutes.",
    remedy: "Start again from the sign-in page.",
  });
