/** Ending a personal token, after a confirmation. */
import type { FastifyInstance } from "fastify";
import { paths } from "../../../paths.ts";
import { setFlash } from "../../base/flash.ts";
import { ownChange, personOf } from "../../base/person.ts";
import { form, page } from "../../base/routes.ts";
import { readHidden } from "../../base/typed-form.ts";
import type { Web } from "../../base/web.ts";
import { Name } from "../../kit/components/marked-text/name.tsx";
import { Confirm } from "../second-factor/confirm.tsx";

const title = "End this personal token";

interface OneToken {
  Params: { token: string };
}

export function addEndingToken(app: FastifyInstance, web: Web): void {
  const { tokens } = web.services.signIn;
  app.get<OneToken>(paths.endToken.route, page("account:read"), async (request, reply) => {
    const all = await tokens.list(personOf(request));
    const found = all.find(({ id }) => id === request.params.token);
    if (found === undefined) return web.goTo(reply, paths.account());
    return web.send(request, reply, {
      title,
      width: "narrow",
      content: (
        <Confirm title={title} action={paths.endToken({ token: found.id })} button="End token" kind="warning">
          <p>
            <Name name={found.name} /> (<code>{found.prefix}…</code>) stops working immediately, in every
            program that uses it. You can&rsquo;t undo this, but you can add another token.
          </p>
        </Confirm>
      ),
    });
  });

  app.post<OneToken>(paths.endToken.route, form("account:change"), async (request, reply) => {
    readHidden(request);
    const own = ownChange(request);
    const { token: id } = request.params;
    // one that has already ended is the wanted result
    await web.attempt(() => tokens.remove({ ...own, id }));
    setFlash(reply, "token-ended");
    return web.goTo(reply, paths.account());
  });
}
