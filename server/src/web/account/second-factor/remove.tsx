/** Removing the person's second factor. */
import type { FastifyInstance } from "fastify";
import { paths } from "../../../paths.ts";
import { setFlash } from "../../base/flash.ts";
import { ownChange, personOf } from "../../base/person.ts";
import { form, page } from "../../base/routes.ts";
import { readHidden } from "../../base/typed-form.ts";
import type { Web } from "../../base/web.ts";
import { WarningText } from "../../kit/components/warning-text/warning-text.tsx";
import { Confirm } from "./confirm.tsx";

const title = "Remove your authenticator app";

export function addRemovingFactor(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.removeFactor.route, page("second-factor:change"), async (request, reply) => {
    if ((await signIn.factors.own(personOf(request))) === undefined) return web.goTo(reply, paths.account());
    return web.send(request, reply, {
      title,
      width: "narrow",
      content: (
        <Confirm title={title} action={paths.removeFactor()} button="Remove" kind="warning">
          <WarningText>After that, anyone who knows your password can sign in as you.</WarningText>
          <p>
            The app&rsquo;s codes and your recovery codes stop working immediately. You can add another app.
          </p>
        </Confirm>
      ),
    });
  });

  app.post(paths.removeFactor.route, form("second-factor:change"), async (request, reply) => {
    readHidden(request);
    // one that is already gone is the wanted result
    await web.attempt(() => signIn.factors.remove(ownChange(request)));
    setFlash(reply, "second-factor-removed");
    return web.goTo(reply, paths.account());
  });
}
