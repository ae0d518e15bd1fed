/**
 * An OpenID Connect provider with scripted responses: in the ID token, at userinfo, with any key, algorithm and signature. For cases that a
 * correct provider never causes; it needs no password.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Claims = Readonly<Record<string, unknown>>;

/** A key that ID tokens are signed with. */
export interface SigningKey {
  readonly alg: "RS256" | "ES256";
  readonly kid: string;
  readonly key: KeyObject;
}

/** What it says next. */
export interface Script {
  /** Members of the ID token besides those of the protocol; one of theirs replaces it. */
  readonly idToken: Claims;
  /** What userinfo answers. Undefined: it has no such endpoint's answer and fails. */
  readonly userinfo?: Claims;
  /** Undefined: the first of its keys. */
  readonly signedBy?: SigningKey;
  /** Makes another token of the one that was signed. */
  readonly tamper?: (token: string) => string;
}

export interface ScriptedProvider {
  readonly issuer: string;
  readonly keys: SigningKey[];
  /** Members of its discovery document that are otherwise; undefined ones are left out. */
  readonly metadata: Record<string, unknown>;
  script: Script;
  /** How often each path was asked for. */
  readonly requests: Record<string, number>;
  /** The query that a browser last came with. */
  authorized: URLSearchParams | undefined;
  /** The query that its end of sessions was last asked with. */
  ended: URLSearchParams | undefined;
  close(): Promise<void>;
}

export function newSigningKey(alg: SigningKey["alg"], kid: string): SigningKey {
  const { privateKey } =
    alg === "RS256"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { alg, kid, key: createPrivateKey(privateKey.export({ format: "pem", type: "pkcs8" })) };
}

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export function signedToken({ alg, kid, key }: SigningKey, claims: Claims): string {
  const text = `${part({ alg, kid, typ: "JWT" })}.${part(claims)}`;
  const bytes = sign("sha256", Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
  return `${text}.${bytes.toString("base64url")}`;
}

/** Starts one on a free port of loopback. */
export async function startScriptedProvider(clientId: string): Promise<ScriptedProvider> {
  let nonce: string | null = null;
  const provider: ScriptedProvider = {
    issuer: "",
    keys: [newSigningKey("RS256", "first")],
    metadata: {},
    script: { idToken: {} },
    requests: {},
    authorized: undefined,
    ended: undefined,
    close: async () => {},
  };
  const token = (): string => {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: provider.issuer, aud: clientId, iat: now, exp: now + 300, nonce, sub: "someone" };
    const { idToken, signedBy = provider.keys[0]!, tamper = (same: string) => same } = provider.script;
    return tamper(signedToken(signedBy, { ...usual, ...idToken }));
  };
  const answers: Record<string, (url: URL, response: ServerResponse) => unknown> = {
    "/.well-known/openid-configuration": () => metadataOf(provider),
    "/jwks": () => ({
      keys: provider.keys.map(({ alg, kid, key }) => ({
        ...createPublicKey(key).export({ format: "jwk" }),
        alg,
        kid,
        use: "sig",
      })),
    }),
    "/token": () => ({ access_token: "access", token_type: "Bearer", expires_in: 60, id_token: token() }),
    "/userinfo": () => provider.script.userinfo,
    "/authorize": ({ searchParams }, response) => {
      provider.authorized = searchParams;
      nonce = searchParams.get("nonce");
      const back = new URL(searchParams.get("redirect_uri") ?? "");
      back.search = String(
        new URLSearchParams({ code: "code", state: searchParams.get("state") ?? "", iss: provider.issuer }),
      );
      response.writeHead(303, { location: back.href }).end();
    },
    "/end": ({ searchParams }, response) => {
      provider.ended = searchParams;
      const back = new URL(searchParams.get("post_logout_redirect_uri") ?? "");
      back.searchParams.set("state", searchParams.get("state") ?? "");
      response.writeHead(303, { location: back.href }).end();
    },
  };
  const server = createServer((request, response) => answer(provider, answers, [request, response]));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(provider, { issuer: `http://127.0.0.1:${port}`, close: () => closed(server) });
}

function answer(
  { requests, issuer }: ScriptedProvider,
  answers: Record<string, (url: URL, response: ServerResponse) => unknown>,
  [request, response]: readonly [IncomingMessage, ServerResponse],
): void {
  const url = new URL(request.url ?? "/", issuer);
  requests[url.pathname] = (requests[url.pathname] ?? 0) + 1;
  const body = answers[url.pathname]?.(url, response);
  if (response.writableEnded) return;
  response.writeHead(body === undefined ? 500 : 200, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? {}));
}

const metadataOf = ({ issuer, keys, metadata }: ScriptedProvider): Claims => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  userinfo_endpoint: `${issuer}/userinfo`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: [...new Set(keys.map(({ alg }) => alg))],
  authorization_response_iss_parameter_supported: true,
  ...metadata,
});

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
