/** The page of the person's own account and sessions; the other files have a page for each change. */
import type { FastifyInstance } from "fastify";
import { clearSession } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { ownChange, personOf } from "../base/person.ts";
import { readerOf } from "../base/reader.ts";
import { form, page } from "../base/routes.ts";
import { readHidden } from "../base/typed-form.ts";
import type { Web } from "../base/web.ts";
import { leave } from "../sign-in/signed-out.tsx";
import { Overview } from "./content.tsx";
import { addAccountForms } from "./forms.tsx";

const title = "Account";
const sentences = {
  renamed: "Your name has been changed.",
  "password-changed": "Your password has been changed. All your other sessions have ended.",
  "second-factor-removed": "Your authenticator app has been removed.",
  left: "You have left the organization.",
  "session-ended": "The session has ended.",
  "token-ended": "The personal token has ended.",
};

export function addAccount(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.account.route, page("account:read"), async (request, reply) => {
    const person = personOf(request);
    const [account, sessions, factor, tokens] = await Promise.all([
      signIn.account(person),
      signIn.sessionsOf(person),
      signIn.factors.own(person),
      signIn.tokens.list(person),
    ]);
    const reader = readerOf(request);
    return web.send(request, reply, {
      title,
      sentences,
      hasTimes: true,
      width: "narrow",
      content: <Overview {...{ account, sessions, factor, tokens, reader }} />,
    });
  });

  app.post(paths.endSession.route, form("account:change"), async (request, reply) => {
    const { session: id } = readHidden(request, ["session"]);
    const own = ownChange(request);
    const ended = await web.attempt(() => signIn.endSession({ ...own, id }));
    if (id === own.caller.session.id) {
      clearSession(reply);
      return web.goTo(reply, paths.signIn());
    }
    // one that has already ended is the wanted result
    if (!(ended instanceof RefusedForm) || ended.status === 404) setFlash(reply, "session-ended");
    return web.goTo(reply, paths.account());
  });

  app.post(paths.signOutEverywhere.route, form("account:change"), async (request, reply) => {
    const own = ownChange(request);
    await signIn.signOutEverywhere(own);
    clearSession(reply);
    return leave(web, reply, { session: own.caller.session, word: "signed-out-everywhere" });
  });
  addAccountForms(app, web);
}
