/** New recovery codes, which replace the remaining ones. */
import type { FastifyInstance } from "fastify";
import { paths } from "../../../paths.ts";
import { RefusedForm } from "../../base/attempt.ts";
import { ownChange, personOf } from "../../base/person.ts";
import { form, page } from "../../base/routes.ts";
import { readHidden } from "../../base/typed-form.ts";
import type { Web } from "../../base/web.ts";
import { Confirm } from "./confirm.tsx";
import { ShownCodes } from "./recovery-codes.tsx";

const title = "Get new recovery codes";

export function addRenewingCodes(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.renewRecoveryCodes.route, page("second-factor:change"), async (request, reply) => {
    if ((await signIn.factors.own(personOf(request))) === undefined) return web.goTo(reply, paths.account());
    return web.send(request, reply, {
      title,
      width: "narrow",
      content: (
        <Confirm title={title} action={paths.renewRecoveryCodes()} button="Get new codes" kind="main">
          <p>You get ten new codes. Your old codes stop working immediately.</p>
        </Confirm>
      ),
    });
  });

  app.post(paths.renewRecoveryCodes.route, form("second-factor:change"), async (request, reply) => {
    readHidden(request);
    const done = await web.attempt(() => signIn.factors.renewRecoveryCodes(ownChange(request)));
    if (done instanceof RefusedForm) return web.goTo(reply, paths.account());
    return web.send(request, reply, {
      title: "New recovery codes",
      width: "narrow",
      hasSecret: true,
      content: <ShownCodes title="New recovery codes" codes={done.recoveryCodes} />,
    });
  });
}
