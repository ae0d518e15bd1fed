/** Sign-in through the identity provider: to the provider and back. A separate cookie has what the browser must bring back. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { addressOf, cookieOf, fromOf, setCookie, setSession } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import type { Flow } from "../../sign-in/index.ts";
import * as schemas from "../schemas/openid.ts";

const cookie = "daybook-openid";
const path = "/v1/sign-in/openid";
/** Milliseconds. */
const lifetime = 600_000;

/** Registers the routes. They serve browsers, whatever their Accept header. */
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
    // it works once, whatever the result
    if (flow !== undefined) setFlow(reply, "", 0);
    const [, query = ""] = request.url.split("?", 2);
    setSession(reply, await signIn.finishOpenId({ query, flow }, fromOf(request)));
    return reply.code(303).header("location", addressOf(request, "/")).send();
  });
}

/** `until` in milliseconds since 1970 UTC. */
const setFlow = (reply: FastifyReply, value: string, until: number): void =>
  setCookie(reply, [cookie, value], new Date(until));

/** The content of the cookie; undefined if it is incomplete. */
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
