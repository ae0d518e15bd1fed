/**
 * Signing out at the identity provider, for people who signed in through it. Daybook's own session has already ended. The page in between
 * continues without a click, because a form may not lead to another site, not even by a redirect.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import type { SignedIn } from "../../access/index.ts";
import { cookieOf, setCookie } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { addressesFor } from "../base/addresses.ts";
import { setFlash } from "../base/flash.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import { ButtonGroup, LinkButton } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";

const title = "Signing out";
/** The state that must come back. */
const cookie = "daybook-signing-out";
/** Milliseconds. */
const lifetime = 600_000;

/**
 * Where a person goes after signing out here: to the provider if they signed in through it, else to the sign-in page, which shows `word`.
 */
export async function leave(
  web: Web,
  reply: FastifyReply,
  { session, word }: { readonly session: SignedIn["session"] | undefined; readonly word: string },
): Promise<FastifyReply> {
  const leaving = session?.method === "OPENID" ? await web.services.signIn.endOpenId() : undefined;
  if (leaving === undefined) {
    setFlash(reply, word);
    return web.goTo(reply, paths.signIn());
  }
  setCookie(reply, [cookie, leaving.state], new Date(Date.now() + lifetime));
  return web.goTo(reply, paths.signedOut());
}

export function addSignedOut(app: FastifyInstance, web: Web): void {
  // the provider sends people back here: the address must be registered there
  app.get(paths.signedOut.route, page("sign-in"), async (request, reply) => {
    const state = cookieOf(request, cookie);
    if (!state) return web.goTo(reply, paths.signIn());
    if ((request.query as { state?: unknown }).state === state) {
      setCookie(reply, [cookie, ""], new Date(0));
      setFlash(reply, "signed-out-there-too");
      return web.goTo(reply, paths.signIn());
    }
    reply.header("refresh", `0; url=${addressesFor(request)(paths.signOutOpenId())}`);
    return web.send(request, reply, { title, width: "gate", content: <SigningOut /> });
  });

  app.get(paths.signOutOpenId.route, page("sign-in"), async (request, reply) => {
    const state = cookieOf(request, cookie);
    const leaving = state ? await web.services.signIn.endOpenId(state) : undefined;
    if (leaving === undefined) return web.goTo(reply, paths.signIn());
    return reply.code(303).header("location", leaving.url).send();
  });
}

const SigningOut = (): VNode => (
  <>
    <PageHeading title={title}>
      You are signed out of Daybook. Next, your organization&rsquo;s account asks whether to sign you out
      there too.
    </PageHeading>
    <ButtonGroup>
      <LinkButton href={paths.signOutOpenId()}>Continue</LinkButton>
      <LinkButton href={paths.signIn()} kind="secondary">
        Stay signed in there
      </LinkButton>
    </ButtonGroup>
  </>
);
