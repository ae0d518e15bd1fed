/** Setting up the first account, with the code of the link that the server keeps in a file. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { fromOf, setSession } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { form, page } from "../base/routes.ts";
import { secret, text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { Button, LinkButton } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { PasswordInput } from "../kit/components/password-input/password-input.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { secretOf } from "./codes.ts";

const title = "Set up Daybook";
const setUpForm = typedForm({ code: text(), name: text(), email: text(), password: secret() });

export function addSetUp(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.setUp.route, page("sign-in"), async (request, reply) => show(web, [request, reply]));

  app.post(paths.setUp.route, form("sign-in"), async (request, reply) => {
    const { typed } = setUpForm.read(request);
    const wanted = { ...typed, code: secretOf(typed.code) };
    const entered = await web.attempt(() => signIn.setUp(wanted, fromOf(request)), { otherwise: "code" });
    if (entered instanceof RefusedForm) return show(web, [request, reply], { typed, refused: entered });
    setSession(reply, entered);
    return web.goTo(reply, paths.start());
  });
}

interface SetUpValues {
  readonly typed?: typeof setUpForm.nothing;
  readonly refused?: RefusedForm;
}

async function show(web: Web, [request, reply]: Exchange, shown: SetUpValues = {}): Promise<FastifyReply> {
  if (!(await web.services.signIn.needsSetUp()))
    return web.send(request, reply, { title, width: "gate", content: <SetUpDone /> });
  const { refused } = shown;
  return web.send(request, reply, { title, width: "gate", refused, content: <SetUp {...shown} /> });
}

const SetUpDone = (): VNode => (
  <>
    <PageHeading title={title} />
    <p>Daybook is already set up. Ask an operator for an account.</p>
    <LinkButton href={paths.signIn()}>Sign in</LinkButton>
  </>
);

const SetUp = ({ typed, refused }: SetUpValues): VNode => {
  const input = setUpForm.inputs(typed, refused);
  return (
    <>
      <PageHeading title={title}>
        Create the first account. It is an operator account, which can see and add all organizations.
      </PageHeading>
      <Form method="post" action={paths.setUp()} novalidate>
        <div data-island="code">
          <TextInput
            {...input("code")}
            label="Set-up code"
            hint="From the file set-up-link in the server's data folder"
            autocomplete="off"
            spellcheck={false}
          />
        </div>
        <TextInput {...input("name")} label="Your name" autocomplete="name" />
        <TextInput
          {...input("email")}
          label="Email address"
          type="email"
          autocomplete="username"
          spellcheck={false}
        />
        <PasswordInput
          {...input("password")}
          label="Password"
          hint="At least 12 characters"
          autocomplete="new-password"
        />
        <Button size="wide">Set up</Button>
      </Form>
    </>
  );
};
