/** Choosing a password with a one-time code, such as the one in an operator's link. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { fromOf, setHalf, setSession } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { isHalf } from "../../sign-in/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { form, page } from "../base/routes.ts";
import { secret, text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { Button } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { PasswordInput } from "../kit/components/password-input/password-input.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { secretOf } from "./codes.ts";

const title = "Choose a password";
const passwordForm = typedForm({ code: text(), password: secret() });

export function addPassword(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.password.route, page("sign-in"), async (request, reply) => show(web, [request, reply]));

  app.post(paths.password.route, form("sign-in"), async (request, reply) => {
    const { typed } = passwordForm.read(request);
    const wanted = { ...typed, code: secretOf(typed.code) };
    const entered = await web.attempt(() => signIn.choosePassword(wanted, fromOf(request)), {
      otherwise: "code",
    });
    if (entered instanceof RefusedForm) return show(web, [request, reply], { typed, refused: entered });
    if (isHalf(entered)) {
      setHalf(reply, entered.token, entered.expiresAt);
      return web.goTo(reply, paths.signInCode());
    }
    setSession(reply, entered);
    return web.goTo(reply, paths.start());
  });
}

interface ResetValues {
  readonly typed?: typeof passwordForm.nothing;
  readonly refused?: RefusedForm;
}

const show = (web: Web, [request, reply]: Exchange, shown: ResetValues = {}): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    width: "gate",
    refused: shown.refused,
    content: <Choose {...shown} />,
  });

const Choose = ({ typed, refused }: ResetValues): VNode => {
  const input = passwordForm.inputs(typed, refused);
  return (
    <>
      <PageHeading title={title}>After you choose it, you are signed in.</PageHeading>
      <Form method="post" action={paths.password()} novalidate>
        <div data-island="code">
          <TextInput
            {...input("code")}
            label="Code"
            hint="Paste the link that you received, or the code in it"
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <PasswordInput
          {...input("password")}
          label="New password"
          hint="At least 12 characters"
          autocomplete="new-password"
        />
        <Button size="wide">Choose password</Button>
      </Form>
    </>
  );
};
