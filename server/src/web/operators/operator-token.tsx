/** The page of the operator token: since when it works, and its replacement, after a confirmation and shown once. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { FormPage } from "../base/form-page.tsx";
import { readerOf } from "../base/reader.ts";
import { form, page } from "../base/routes.ts";
import { TokenPanel } from "../base/token-panel.tsx";
import { readHidden } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { LinkButton } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { WarningText } from "../kit/components/warning-text/warning-text.tsx";

const title = "Operator token";
const replaceTitle = "Replace the operator token";

export function addOperatorToken(app: FastifyInstance, web: Web): void {
  const { operatorToken } = web.services;
  app.get(paths.operatorToken.route, page("operators:read"), async (request, reply) => {
    const { zone } = readerOf(request);
    const shown = { since: await operatorToken.since(), isConfigured: operatorToken.isConfigured, zone };
    return web.send(request, reply, {
      title,
      width: "narrow",
      hasTimes: true,
      content: <Overview {...shown} />,
    });
  });

  app.get(paths.replaceOperatorToken.route, page("operator-token:replace"), (request, reply) =>
    operatorToken.isConfigured ? web.goTo(reply, paths.operatorToken()) : ask(web, [request, reply]),
  );

  app.post(paths.replaceOperatorToken.route, form("operator-token:replace"), async (request, reply) => {
    readHidden(request);
    const { initiator } = changeRequestOf(request);
    const token = await web.attempt(() => operatorToken.replace({ shownHash: undefined, initiator }));
    if (token instanceof RefusedForm) return ask(web, [request, reply], token);
    return web.send(request, reply, {
      title: "Operator token replaced",
      width: "narrow",
      hasSecret: true,
      content: <Replaced token={token} />,
    });
  });
}

const ask = (web: Web, [request, reply]: Exchange, refused?: RefusedForm): Promise<FastifyReply> =>
  web.send(request, reply, { title: replaceTitle, width: "narrow", refused, content: <Replace /> });

interface OperatorTokenProps {
  readonly since: bigint;
  readonly isConfigured: boolean;
  readonly zone: string;
}

const Overview = ({ since, isConfigured, zone }: OperatorTokenProps): VNode => (
  <>
    <PageHeading title={title}>
      A program that has this token can do what operators can, in every organization. People use accounts
      instead.
    </PageHeading>
    <SummaryList rows={[{ key: "In use since", value: <Time at={since} zone={zone} /> }]} />
    {isConfigured ? (
      <p>
        <code>DAYBOOK_OPERATOR_TOKEN</code> sets this token. To replace the token, change the variable and
        restart Daybook.
      </p>
    ) : (
      <LinkButton href={paths.replaceOperatorToken()} kind="secondary">
        Replace the token
      </LinkButton>
    )}
  </>
);

const Replace = (): VNode => (
  <FormPage
    title={replaceTitle}
    back={{ href: paths.operatorToken(), text: title }}
    action={paths.replaceOperatorToken()}
    submit="Replace the token"
    isWarning
  >
    <WarningText>Every program that uses the old token stops working immediately.</WarningText>
    <p>
      Viewer sessions that the old token opened end. Invitations, sign-in links and codes that it issued stop
      working.
    </p>
    <p>The new token is shown only once, so have a safe place for it ready.</p>
  </FormPage>
);

const Replaced = ({ token }: { readonly token: string }): VNode => (
  <>
    <TokenPanel title="Operator token replaced" token={token} />
    <p>
      If the data folder has a file <code>operator-token</code>, it contains the new token too.
    </p>
    <LinkButton href={paths.operatorToken()} kind="secondary">
      Back to the operator token
    </LinkButton>
  </>
);
