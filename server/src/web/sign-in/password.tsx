/** Choosing a password with a one-time code, such as the one in an operator's link. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { fromOf, setHalf, setSession } from "../../http/index.ts";
import { isHalf } from "../../sign-in/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { readForm } from "../base/forms.ts";
import { form, page } from "../base/routes.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { Button } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { PasswordInput } from "../kit/components/password-input/password-input.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { codePath } from "./code.tsx";
import { secretOf } from "./codes.ts";

const title = "Choose a password";
const path = "/password";
const fields = { code: "one", password: "one" } as const;

export function addPassword(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(path, page("sign-in"), async (request, reply) => show(web, [request, reply]));

  app.post(path, form("sign-in"), async (request, reply) => {
    const { code, password } = readForm(request, fields);
    const wanted = { code: secretOf(code), password };
    const entered = await web.attempt(() => signIn.choosePassword(wanted, fromOf(request)), {
      otherwise: "code",
    });
    if (entered instanceof RefusedForm) return show(web, [request, reply], { code, refused: entered });
    if (isHalf(entered)) {
      setHalf(reply, entered.token, entered.expiresAt);
      return web.goTo(reply, codePath);
    }
    setSession(reply, entered);
    return web.goTo(reply, "/");
  });
}

interface ResetValues {
  readonly code: string;
  readonly refused: RefusedForm;
}

const show = (web: Web, [request, reply]: Exchange, typed?: ResetValues): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    width: "gate",
    refused: typed?.refused,
    content: <Choose typed={typed} />,
  });

const Choose = ({ typed }: { readonly typed: ResetValues | undefined }): VNode => (
  <>
    <PageHeading title={title}>After you choose it, you are signed in.</PageHeading>
    <Form method="post" action={path} novalidate>
      <div data-island="code">
        <TextInput
          name="code"
          label="Code"
          hint="Paste the link that you received, or the code in it"
          error={typed?.refused.of("code")}
          value={typed?.code}
          autocomplete="off"
          spellcheck={false}
        />
      </div>
      <PasswordInput
        name="password"
        label="New password"
        hint="At least 12 characters"
        error={typed?.refused.of("password")}
        autocomplete="new-password"
      />
      <Button size="wide">Choose password</Button>
    </Form>
  </>
);
