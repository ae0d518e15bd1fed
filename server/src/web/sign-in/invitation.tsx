/**
 * The page of an invitation's link: what it is for, and how to accept it. The token comes after the `#` of the link, or is pasted; then a
 * cookie has it, so that it is in no address and survives the sign-in.
 */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { browserOf, changeRequestOf, contextOf, cookieOf, setCookie, setSession } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Accepting } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { joinedWord, setFlash } from "../base/flash.ts";
import { form, page } from "../base/routes.ts";
import type { Exchange, Web } from "../base/web.ts";
import { secretOf } from "./codes.ts";
import {
  type AcceptanceValues,
  accountForm,
  Invitation,
  type InvitedPerson,
  linkForm,
  PasteLink,
} from "./invitation-content.tsx";

const cookie = "daybook-invitation";
/** Milliseconds: the time to sign in and accept. */
const lifetime = 3_600_000;

export function addInvitation(app: FastifyInstance, web: Web): void {
  const { people } = web.services;
  app.get(paths.invitation.route, page("sign-in"), async (request, reply) => show(web, [request, reply]));

  app.post(paths.invitation.route, form("sign-in"), async (request, reply) => {
    const token = secretOf(linkForm.read(request).typed.link);
    const read = await web.attempt(() => people.readInvitation(token), { otherwise: "link" });
    if (read instanceof RefusedForm) return showPaste(web, [request, reply], read);
    setCookie(reply, [cookie, token], new Date(Date.now() + lifetime));
    return web.goTo(reply, paths.invitation());
  });

  app.post(paths.acceptInvitation.route, form("sign-in"), async (request, reply) => {
    const { typed } = accountForm.read(request);
    const token = cookieOf(request, cookie);
    const accepted = await web.attempt(() => people.acceptInvitation(token, acceptingOf(request, typed)));
    if (accepted instanceof RefusedForm) return show(web, [request, reply], { typed, refused: accepted });
    setCookie(reply, [cookie, ""], new Date(0));
    const { session, organization } = accepted;
    if (session !== undefined) setSession(reply, session);
    setFlash(reply, joinedWord(organization));
    return web.goTo(reply, paths.activity({ org: organization.slug }));
  });
}

/** The person who accepts: signed in, or with a new account. Throws `not-allowed` for callers who aren't people. */
function acceptingOf(request: FastifyRequest, typed: typeof accountForm.nothing): Accepting {
  const { caller } = request;
  if (caller === undefined || caller.kind === "nobody")
    return { ...typed, context: contextOf(request), browser: browserOf(request) };
  if (caller.kind !== "user") throw new DaybookError("not-allowed");
  return { user: caller.user, initiator: changeRequestOf(request).initiator };
}

async function show(
  web: Web,
  [request, reply]: Exchange,
  shown: AcceptanceValues = {},
): Promise<FastifyReply> {
  const token = cookieOf(request, cookie);
  if (!token) return showPaste(web, [request, reply]);
  const read = await web.attempt(() => web.services.people.readInvitation(token), { otherwise: "link" });
  if (read instanceof RefusedForm) {
    setCookie(reply, [cookie, ""], new Date(0));
    return showPaste(web, [request, reply], read);
  }
  const { caller } = request;
  const email = caller?.kind === "user" ? caller.user.email : undefined;
  const invited: InvitedPerson = { ...read, signedInAs: email, ways: web.services.signIn.ways };
  return web.send(request, reply, {
    title: "Invitation",
    width: "gate",
    refused: shown.refused,
    content: <Invitation invited={invited} {...shown} />,
  });
}

const showPaste = (web: Web, [request, reply]: Exchange, refused?: RefusedForm): Promise<FastifyReply> =>
  web.send(request, reply, {
    title: "Open your invitation",
    width: "gate",
    refused,
    content: <PasteLink {...(refused && { refused })} />,
  });
