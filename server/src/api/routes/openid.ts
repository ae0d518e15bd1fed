/** Signing in by the identity provider: there, and back again. What the browser has to bring back lies in a cookie of its own. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addressOf, cookieOf, fromOf, setCookie, setSession } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import type { Flow } from "../../sign-in/index.ts";
import * as schemas from "../schemas/openid.ts";

const cookie = "daybook-openid";
const path = "/v1/sign-in/openid";
/** Milliseconds. */
const lifetime = 600_000;

/** Registers the routes. Browsers come by them, whatever they say that they accept. */
export function addOpenId(app: FastifyInstance, { signIn }: Pick<RequestServices, "signIn">): void {
  const config = { action: "sign-in", kinds: [] } as const;

  app.get(path, { config, schema: schemas.beginOpenId }, async (request, reply) => {
    const { again } = request.query as { again?: string };
    const { url, flow } = await signIn.beginOpenId(again === undefined ? undefined : true);
    setFlow(reply, JSON.stringify(flow), Date.now() + lifetime);
    return reply.code(303).header("location", url).send();
  });

  app.get(`${path}/callback`, { config, schema: schemas.finishOpenId }, async (request, reply) => {
    const flow = flowOf(request);
    // it serves once, whatever comes of it
    if (flow !== undefined) setFlow(reply, "", 0);
    const [, query = ""] = request.url.split("?", 2);
    setSession(reply, await signIn.finishOpenId({ query, flow }, fromOf(request)));
    return reply.code(303).header("location", addressOf(request, "/")).send();
  });
}

/** `until` in milliseconds since 1970 UTC. */
const setFlow = (reply: FastifyReply, value: string, until: number): void =>
  setCookie(reply, [cookie, value], new Date(until));

/** What the browser brings back; undefined where it is not whole. */
function flowOf(request: FastifyRequest): Flow | undefined {
  try {
    const { state, nonce, verifier, again } = JSON.parse(cookieOf(request, cookie) ?? "") as Record<
      string,
      unknown
    >;
    if (typeof state === "string" && typeof nonce === "string" && typeof verifier === "string")
      return { state, nonce, verifier, ...(again === true && { again }) };
  } catch {}
  return undefined;
}
