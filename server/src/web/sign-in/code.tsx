/** The second page of signing in, for people with a second factor: a code of the app, or a recovery code. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { clearHalf, fromOf, halfTokenOf, setSession } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { nextIn, ownPath, withNext } from "../base/own-path.ts";
import { form, page } from "../base/routes.ts";
import { secret, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { A, Form } from "../kit/address/address.tsx";
import { Button } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";

const title = "Enter your code";
const codeForm = typedForm({ code: secret() });

export function addSignInCode(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.signInCode.route, page("sign-in"), async (request, reply) => {
    const next = nextIn(request.query);
    if (!(await signIn.isHalfSession(halfTokenOf(request))))
      return web.goTo(reply, withNext(paths.signIn(), next));
    return show(web, [request, reply], { next });
  });

  app.post(paths.signInCode.route, form("sign-in"), async (request, reply) => {
    const { typed, also } = codeForm.read(request, ["next"]);
    const next = ownPath(also.next);
    const shown = { token: halfTokenOf(request), ...typed };
    const entered = await web.attempt(() => signIn.finishSignIn(shown, fromOf(request)), {
      otherwise: "code",
    });
    if (entered instanceof RefusedForm) return show(web, [request, reply], { next, refused: entered });
    clearHalf(reply);
    setSession(reply, entered);
    return web.goTo(reply, next);
  });
}

interface CodeView {
  readonly next: string;
  readonly refused?: RefusedForm;
}

const show = (web: Web, [request, reply]: Exchange, shown: CodeView): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    width: "gate",
    refused: shown.refused,
    content: <Code {...shown} />,
  });

const Code = ({ next, refused }: CodeView): VNode => (
  <>
    <PageHeading title={title}>
      Your password is correct. Your account also requires a second factor.
    </PageHeading>
    <Form method="post" action={paths.signInCode()} novalidate>
      {next !== "/" && <input type="hidden" name="next" value={next} />}
      <TextInput
        {...codeForm.inputs(undefined, refused)("code")}
        label="Code"
        hint="The six digits that your authenticator app shows now, or one of your recovery codes"
        autocomplete="one-time-code"
        spellcheck={false}
      />
      <Button size="wide">Sign in</Button>
    </Form>
    <p class="db-quiet db-small db-note">
      If you have neither, ask an operator to remove your second factor.{" "}
      <A href={paths.signIn()}>Start again</A>
    </p>
  </>
);
