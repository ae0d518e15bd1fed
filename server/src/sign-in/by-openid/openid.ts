/**
 * OpenID Connect with the provider: the authorization code flow with PKCE, state and nonce. A cookie has what the browser must bring back,
 * so nothing is stored here.
 */
import { DaybookError } from "daybook/internal";
import * as client from "openid-client";
import { paths } from "../../paths.ts";

/** The provider, with Daybook's credentials. */
export interface OpenIdOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The public address, without a slash at its end. */
  readonly publicUrl: string;
  /** Whether signing out also ends the session there. */
  readonly signOut: boolean;
}

/** What the browser must bring back: for a cookie that lives for ten minutes. */
export interface Flow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  /** Whether they were asked to confirm their identity there, although they may be signed in. */
  readonly again?: true | undefined;
}

/** The person, according to the provider. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  /** If undefined, the provider has not verified one. */
  readonly email: string | undefined;
  readonly name: string | undefined;
  /**
   * When they confirmed their identity there, in microseconds since 1970 UTC, because they may have been signed in for longer. If
   * undefined, the provider doesn't state it.
   */
  readonly authenticatedAt: bigint | undefined;
}

/** Where a browser goes to sign out, and the state with which it must come back. */
export interface Leaving {
  readonly url: string;
  readonly state: string;
}

export interface Provider {
  /** Where the browser goes; `again`: the person confirms their identity there even if they are signed in. Throws `openid-unavailable`. */
  begin(again?: true): Promise<{ readonly url: string; readonly flow: Flow }>;
  /** `query` is the one with which the provider sent the browser back. Throws `openid-refused`, `openid-unavailable`. */
  finish(query: string, flow: Flow | undefined): Promise<Identity>;
  /**
   * Where the browser goes to sign out there too, to come back with `state`, which is new by default; undefined if the provider has no such
   * address, can't be reached, or signing out there is off. No ID token is sent, because none is stored: it would put personal data into
   * addresses and backups.
   */
  end(state?: string): Promise<Leaving | undefined>;
}

/** The path to which the provider sends people back. */
const callbackPath = "/v1/sign-in/openid/callback";
const scope = "openid email profile";
/** The maximum time for one response of the provider, in seconds. */
const patience = 10;

export function openProvider(options: OpenIdOptions): Provider {
  const { issuer, clientId, clientSecret, publicUrl, signOut } = options;
  const server = new URL(issuer);
  const redirectUri = `${publicUrl}${callbackPath}`;
  // the configuration allows http only for this machine
  const execute = [
    // checks the signature of ID tokens and of signed userinfo, and doesn't rely on TLS alone
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
        // with max_age, the provider must state when they confirmed their identity
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
      const back = { post_logout_redirect_uri: `${publicUrl}${paths.signedOut()}`, state };
      return { url: client.buildEndSessionUrl(config, back).href, state };
    },
  };
}

/** The maximum age of a confirmation, in seconds, if they were asked for one. */
const longestAgo = 300;
/** Otherwise a year, in seconds, because the age doesn't matter. */
const anyAge = 31_536_000;

/** How long the provider's metadata is cached, in milliseconds; its keys are read more often. */
const metadataKept = 3_600_000;

/**
 * Reads the metadata at the first call, again after some time, and at the next call if that failed; the previous metadata is used
 * meanwhile.
 */
function kept(ask: () => Promise<client.Configuration>): () => Promise<client.Configuration> {
  let found: Promise<client.Configuration> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (found !== undefined && now - askedAt < metadataKept) return found;
    const before = found;
    askedAt = now;
    found = ask().catch((error: unknown) => {
      found = before;
      askedAt = Number.NEGATIVE_INFINITY;
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

/** From seconds, as a provider writes them; an invalid time counts as long ago. */
const microsOf = (seconds: number): bigint =>
  seconds > 0 && seconds < 1e11 ? BigInt(Math.trunc(seconds)) * 1_000_000n : 0n;

/** One document of the provider about a person: the ID token, or the response of its userinfo endpoint. */
type JsonDocument = Readonly<Record<string, unknown>>;

/**
 * The one document about the person: the ID token, if it has an address and says whether that is verified, else userinfo, if there is one.
 * Members of the two are never mixed, because a statement in one says nothing about the other. Userinfo with another subject is refused.
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

/** Address and name from one document; an address that isn't verified doesn't count. */
function claimsOf(document: JsonDocument): Pick<Identity, "email" | "name"> {
  const { email, email_verified: verified, name, preferred_username: userName } = document;
  const isVerified = verified === true || verified === "true";
  return {
    email: isVerified && typeof email === "string" ? email : undefined,
    name: [name, userName].find((each): each is string => typeof each === "string" && each.trim() !== ""),
  };
}

/** The provider's failures in Daybook's words, because its own can contain text that is not for the caller. */
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

/** Codes of failures without a response, or without a valid one. */
const unreached: ReadonlySet<string> = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
  "OAUTH_PARSE_ERROR",
]);

/** Logs only the kind of failure: the rest can contain tokens. */
const causeOf = (error: unknown): Error => {
  const { message, code } = error as { message?: string; code?: string };
  return new Error([message, code].filter((each) => each !== undefined).join(": "));
};

const unavailable = (error: unknown): DaybookError =>
  new DaybookError("openid-unavailable", { cause: causeOf(error), retryAfter: 5 });

/** Its keys are read at most once a minute, so a token with a newer key may be valid. */
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
