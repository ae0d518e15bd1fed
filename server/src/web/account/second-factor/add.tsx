/** Adding a second factor: its secret as QR code and as text, and the first code of the app. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../../paths.ts";
import type { OfferedFactor } from "../../../sign-in/index.ts";
import { RefusedForm } from "../../base/attempt.ts";
import { ownChange, personOf, signedInOf } from "../../base/person.ts";
import { form, page } from "../../base/routes.ts";
import { secret, typedForm } from "../../base/typed-form.ts";
import type { Exchange, Web } from "../../base/web.ts";
import { A, Form } from "../../kit/address/address.tsx";
import { Button, ButtonGroup } from "../../kit/components/button/button.tsx";
import { CopyButton } from "../../kit/components/copy-button/copy-button.tsx";
import { BackLink } from "../../kit/components/links/links.tsx";
import { PageHeading } from "../../kit/components/page-heading/page-heading.tsx";
import { QrCode } from "../../kit/components/qr-code/qr-code.tsx";
import { TextInput } from "../../kit/components/text-input/text-input.tsx";
import { ShownCodes } from "./recovery-codes.tsx";

const title = "Add an authenticator app";
const factorForm = typedForm({ code: secret() });

export function addAddingFactor(app: FastifyInstance, web: Web): void {
  const { signIn } = web.services;
  app.get(paths.addFactor.route, page("second-factor:change"), async (request, reply) => {
    const person = personOf(request);
    if ((await signIn.factors.own(person)) !== undefined) return web.goTo(reply, paths.account());
    return show(web, [request, reply], { offered: await signIn.factors.offer(signedInOf(request)) });
  });

  app.post(paths.addFactor.route, form("second-factor:change"), async (request, reply) => {
    const { typed, also } = factorForm.read(request, ["offer"]);
    const own = ownChange(request);
    const done = await web.attempt(() => signIn.factors.add({ ...own, ...typed, ...also }), {
      otherwise: "code",
    });
    if (!(done instanceof RefusedForm))
      return web.send(request, reply, {
        title: "Authenticator app added",
        width: "narrow",
        hasSecret: true,
        content: <ShownCodes title="Authenticator app added" codes={done.recoveryCodes} />,
      });
    if (done.status === 409) return web.goTo(reply, paths.account());
    // a new offer replaces one that is too old
    const offered = await (done.of("offer") === undefined
      ? signIn.factors.offerAgain(own.caller, also.offer)
      : signIn.factors.offer(own.caller));
    return show(web, [request, reply], { offered, refused: done });
  });
}

interface FactorFormView {
  readonly offered: OfferedFactor;
  readonly refused?: RefusedForm;
}

const show = (web: Web, [request, reply]: Exchange, shown: FactorFormView): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    width: "narrow",
    hasSecret: true,
    refused: shown.refused,
    content: <Add {...shown} />,
  });

const Add = ({ offered, refused }: FactorFormView): VNode => (
  <>
    <BackLink href={paths.account()}>Account</BackLink>
    <PageHeading title={title}>
      From now on, you need a code from the app when you sign in with your password.
    </PageHeading>
    <p>Scan this with the app, such as 1Password, Aegis or Google Authenticator:</p>
    <QrCode text={offered.uri} label="QR code for your authenticator app" />
    <p>Or enter this key in the app (time-based, 6 digits, 30 seconds):</p>
    <CopyButton text={offered.secret.match(/.{1,4}/g)?.join(" ") ?? ""} what="key" />
    <Form method="post" action={paths.addFactor()} novalidate>
      <input type="hidden" name="offer" value={offered.offer} />
      <TextInput
        {...factorForm.inputs(undefined, refused)("code")}
        label="Code"
        hint="The six digits that the app shows now"
        error={refused?.of("code") ?? refused?.of("offer")}
        autocomplete="one-time-code"
        inputmode="numeric"
        spellcheck={false}
        width={10}
      />
      <ButtonGroup>
        <Button>Add</Button>
        <A href={paths.account()}>Cancel</A>
      </ButtonGroup>
    </Form>
  </>
);
