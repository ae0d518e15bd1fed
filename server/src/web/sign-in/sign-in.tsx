/** Signing in, with a password or through the identity provider, and signing out. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf, clearSession, fromOf, setHalf, setSession } from "../../http/index.ts";
import { apiPaths, paths } from "../../paths.ts";
import { isHalf } from "../../sign-in/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { nextIn, ownPath, withNext } from "../base/own-path.ts";
import { form, page } from "../base/routes.ts";
import { secret, text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { Button, LinkButton } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { PasswordInput } from "../kit/components/password-input/password-input.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { leave } from "./signed-out.tsx";
import { keepNext } from "./start.tsx";

const title = "Sign in";
const signInForm = typedForm({ email: text(), password: secret() });
const sentences = {
  "signed-out": "You are signed out.",
  "signed-out-everywhere": "You are signed out everywhere.",
  "signed-out-there-too": "You are signed out, here and of your organization\u2019s account.",
  "because-idle": "You were signed out because you were inactive. Sign in again to continue.",
  "because-over": "You were signed out because you signed in 14 days ago. Sign in again to continue.",
  "because-ended": "You were signed out because your session was ended. Sign in again to continue.",
};

const endedWords = { IDLE: "because-idle", OVER: "because-over", ENDED: "because-ended" } as const;

/**
 * Sets a flash message for a person whose session has ended, with the reason; once, because their cookie is removed. False if there was no
 * session.
 */
export function tellEnded({ sessionEnded }: FastifyRequest, reply: FastifyReply): boolean {
  if (sessionEnded === undefined) return false;
  clearSession(reply);
  setFlash(reply, endedWords[sessionEnded.why]);
  return true;
}

export function addSignIn(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.signIn.route, page("sign-in"), async (request, reply) => {
    const next = nextIn(request.query);
    if (request.caller?.kind === "user") return web.goTo(reply, next);
    if (tellEnded(request, reply)) return web.goTo(reply, withNext(paths.signIn(), next));
    return show(web, [request, reply], { next, typed: signInForm.nothing });
  });

  app.post(paths.signIn.route, form("sign-in"), async (request, reply) => {
    const { typed, also } = signInForm.read(request, ["next"]);
    const next = ownPath(also.next);
    const entered = await web.attempt(() => signIn.signIn(typed, fromOf(request)), {
      otherwise: "email",
    });
    if (entered instanceof RefusedForm) return show(web, [request, reply], { next, typed, refused: entered });
    if (isHalf(entered)) {
      setHalf(reply, entered.token, entered.expiresAt);
      return web.goTo(reply, withNext(paths.signInCode(), next));
    }
    setSession(reply, entered);
    return web.goTo(reply, next);
  });

  app.get(paths.signInOpenId.route, page("sign-in"), async (request, reply) => {
    keepNext(reply, nextIn(request.query));
    return web.goTo(reply, apiPaths.signInOpenId());
  });

  app.post(paths.signOut.route, form("sign-in"), async (request, reply) => {
    const { caller } = request;
    if (caller?.kind === "user" && caller.session !== undefined)
      await signIn.signOut({ caller, initiator: changeRequestOf(request).initiator });
    clearSession(reply);
    const session = caller?.kind === "user" ? caller.session : undefined;
    return leave(web, reply, { session, word: "signed-out" });
  });
}

interface SignInView {
  readonly next: string;
  readonly typed: typeof signInForm.nothing;
  readonly refused?: RefusedForm;
}

const show = (web: Web, [request, reply]: Exchange, shown: SignInView): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    width: "gate",
    refused: shown.refused,
    sentences,
    content: <SignIn {...shown} ways={web.services.signIn.ways} />,
  });

/** No mail is sent: it would let strangers find out who has an account. */
const forgotten =
  "If you forgot your password, ask an operator of this service for a link to choose a new one.";

interface SignInProps extends SignInView {
  readonly ways: Web["services"]["signIn"]["ways"];
}

const SignIn = ({ ways, ...shown }: SignInProps): VNode => (
  <>
    <PageHeading title={title} />
    {ways.passwords && <PasswordForm {...shown} />}
    {ways.passwords && <p class="db-forgotten">{forgotten}</p>}
    {ways.passwords && ways.openid && <p class="db-or">or</p>}
    {ways.openid && (
      <LinkButton
        href={withNext(paths.signInOpenId(), shown.next)}
        kind={ways.passwords ? "secondary" : "main"}
        size="wide"
      >
        Sign in with your organization&rsquo;s account
      </LinkButton>
    )}
  </>
);

const PasswordForm = ({ next, typed, refused }: SignInView): VNode => {
  const input = signInForm.inputs(typed, refused);
  return (
    <Form method="post" action={paths.signIn()} novalidate>
      {next !== "/" && <input type="hidden" name="next" value={next} />}
      <TextInput
        {...input("email")}
        label="Email address"
        type="email"
        autocomplete="username"
        spellcheck={false}
      />
      <PasswordInput {...input("password")} label="Password" />
      <Button size="wide">Sign in</Button>
    </Form>
  );
};
