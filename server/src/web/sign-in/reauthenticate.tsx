/**
 * Asks a person to confirm their identity before an act that is permanent or gives others access; then continues: with the page that they
 * came from, or with the form that they sent, which this page keeps meanwhile.
 */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import type { CallingPerson } from "../../access/index.ts";
import { apiPaths, paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { nextIn, ownPath, withNext } from "../base/own-path.ts";
import { ownChange, personOf } from "../base/person.ts";
import { form, page } from "../base/routes.ts";
import { secret, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Form } from "../kit/address/address.tsx";
import { Button, LinkButton } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { PasswordInput } from "../kit/components/password-input/password-input.tsx";
import { sendFormAgain } from "./form-again.ts";
import { keepNext } from "./start.tsx";

const title = "Confirm your identity";
const confirmForm = typedForm({ password: secret() });
/** Bytes: a form within a form is up to three times as long. */
const bodyLimit = 256 * 1024;

export function addReauthentication(app: FastifyInstance, web: Web): void {
  app.get(paths.reauthenticate.route, page("account:read"), async (request, reply) =>
    show(web, [request, reply], { next: nextOf(nextIn(request.query)), sent: undefined }),
  );

  app.post(paths.reauthenticate.route, form("account:change", bodyLimit), async (request, reply) => {
    const { typed, also } = confirmForm.read(request, ["next", "sent"]);
    const view = { next: nextOf(ownPath(also.next)), sent: also.sent || undefined };
    const own = ownChange(request);
    const done = await web.attempt(() => web.services.signIn.reauthenticate({ ...own, ...typed }), {
      otherwise: "password",
    });
    if (done instanceof RefusedForm) return show(web, [request, reply], { ...view, refused: done });
    if (view.sent === undefined) return web.goTo(reply, view.next);
    return sendFormAgain([request, reply], { path: view.next, sent: view.sent });
  });

  app.get(paths.reauthenticateOpenId.route, page("account:read"), async (request, reply) => {
    keepNext(reply, nextOf(nextIn(request.query)));
    return web.goTo(reply, `${apiPaths.signInOpenId()}?again=yes`);
  });
}

/** Never back to this page. */
const nextOf = (next: string): string => (next.startsWith(paths.reauthenticate()) ? "/" : next);

/** Asks for confirmation when a page or a form needs it: a page is opened again afterwards, a form continues. */
export async function askWhoItIs(web: Web, [request, reply]: Exchange): Promise<FastifyReply> {
  const { method, url, body } = request;
  if (method !== "POST") return web.goTo(reply, withNext(paths.reauthenticate(), ownPath(url)));
  const sent = Buffer.isBuffer(body) ? body.toString("utf8") : "";
  return show(web, [request, reply], { next: ownPath(url), sent: sent === "" ? emptyForm : sent });
}

/** The body of a form without fields; an empty text would not be a form. */
const emptyForm = "&";

interface ReauthenticateView {
  /** The page to continue with, or the target of the form. */
  readonly next: string;
  /** The form that was sent; undefined if none was. */
  readonly sent: string | undefined;
  readonly refused?: RefusedForm;
}

async function show(web: Web, [request, reply]: Exchange, view: ReauthenticateView): Promise<FastifyReply> {
  const person = personOf(request);
  const { hasPassword } = await web.services.signIn.account(person);
  return web.send(request, reply, {
    title,
    width: "gate",
    refused: view.refused,
    content: <Ask {...{ person, hasPassword, ...view }} />,
  });
}

interface AskProps extends ReauthenticateView {
  readonly person: CallingPerson;
  readonly hasPassword: boolean;
}

const Ask = ({ person, hasPassword, next, sent, refused }: AskProps): VNode => (
  <>
    <PageHeading title={title}>
      {hasPassword
        ? "This action is permanent or gives others access, so enter your password again."
        : "This action is permanent or gives others access, so sign in again."}
      {sent !== undefined && hasPassword && " Daybook keeps your entries."}
    </PageHeading>
    {hasPassword ? (
      <Form method="post" action={paths.reauthenticate()} novalidate>
        <input type="hidden" name="next" value={next} />
        {sent !== undefined && <input type="hidden" name="sent" value={sent} />}
        {/* for password managers */}
        <input
          class="govuk-visually-hidden"
          type="email"
          value={person.user.email}
          autocomplete="username"
          readOnly
          hidden
        />
        <PasswordInput {...confirmForm.inputs(undefined, refused)("password")} label="Password" />
        <Button size="wide">Confirm</Button>
      </Form>
    ) : (
      <>
        {sent !== undefined && <p>You then return to the form, and can send it again.</p>}
        <LinkButton href={withNext(paths.reauthenticateOpenId(), next)} size="wide">
          Sign in with your organization&rsquo;s account again
        </LinkButton>
      </>
    )}
  </>
);
