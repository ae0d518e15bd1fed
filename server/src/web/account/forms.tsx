/** The forms of the account: name, password, display settings. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { browserOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { ownChange, personOf } from "../base/person.ts";
import { form, page } from "../base/routes.ts";
import { secret, text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { PasswordInput } from "../kit/components/password-input/password-input.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { addDisplay } from "./display.tsx";
import { AccountForm } from "./form.tsx";

const nameForm = typedForm({ name: text() });
const passwordForm = typedForm({ current: secret(), password: secret() });

export function addAccountForms(app: FastifyInstance, web: Web): void {
  addName(app, web);
  addPasswordChange(app, web);
  addDisplay(app, web);
}

function addName(app: FastifyInstance, web: Web): void {
  const { accountName: path } = paths;
  const title = "Change your name";
  const show = (
    [request, reply]: Exchange,
    typed: typeof nameForm.nothing,
    refused?: RefusedForm,
  ): Promise<FastifyReply> =>
    web.send(request, reply, {
      title,
      width: "narrow",
      refused,
      content: (
        <AccountForm title={title} action={path()}>
          <TextInput
            {...nameForm.inputs(typed, refused)("name")}
            label="Name"
            hint="The name that others see in the audit log from now on"
            autocomplete="name"
          />
        </AccountForm>
      ),
    });
  app.get(path.route, page("account:read"), async (request, reply) =>
    show([request, reply], { name: personOf(request).user.name }),
  );
  app.post(path.route, form("account:change"), async (request, reply) => {
    const { typed } = nameForm.read(request);
    const own = ownChange(request);
    const done = await web.attempt(() => web.services.signIn.renameUser({ ...own, ...typed }), {
      otherwise: "name",
    });
    if (done instanceof RefusedForm) return show([request, reply], typed, done);
    setFlash(reply, "renamed");
    return web.goTo(reply, paths.account());
  });
}

function addPasswordChange(app: FastifyInstance, web: Web): void {
  const { accountPassword: path } = paths;
  const title = "Change your password";
  const show = ([request, reply]: Exchange, refused?: RefusedForm): Promise<FastifyReply> => {
    const input = passwordForm.inputs(undefined, refused);
    return web.send(request, reply, {
      title,
      width: "narrow",
      refused,
      content: (
        <AccountForm title={title} action={path()}>
          <PasswordInput {...input("current")} label="Current password" />
          <PasswordInput
            {...input("password")}
            label="New password"
            hint="At least 12 characters. All your other sessions end."
            autocomplete="new-password"
          />
        </AccountForm>
      ),
    });
  };
  app.get(path.route, page("account:read"), async (request, reply) => {
    personOf(request);
    return show([request, reply]);
  });
  app.post(path.route, form("account:change"), async (request, reply) => {
    const { typed } = passwordForm.read(request);
    const own = ownChange(request);
    const change = { ...own, ...typed, browser: browserOf(request) };
    const done = await web.attempt(() => web.services.signIn.changePassword(change), {
      otherwise: "current",
    });
    if (done instanceof RefusedForm) return show([request, reply], done);
    setFlash(reply, "password-changed");
    return web.goTo(reply, paths.account());
  });
}
