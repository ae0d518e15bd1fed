/** The operators: who sees every organization, how they sign in, and the ways to add and remove them. */
import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { callerOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { RequestServices } from "../../services.ts";
import { page } from "../base/routes.ts";
import { afterOf } from "../base/visible.ts";
import type { Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { LinkButton } from "../kit/components/button/button.tsx";
import { Email } from "../kit/components/email/email.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Pagination } from "../kit/components/pagination/pagination.tsx";
import { actionsColumn, RowActions, Table } from "../kit/components/table/table.tsx";
import { Tag } from "../kit/components/tag/tag.tsx";
import { addOperatorAdding } from "./add-operator.tsx";
import { addOperatorRemoval } from "./remove-operator.tsx";

type ListedOperator = Awaited<ReturnType<RequestServices["signIn"]["operatorAccounts"]>>[number];

/** Operators per page. */
const perPage = 50;
const sentences = {
  "operator-added": "Operator added. They sign in as before.",
  "operator-removed": "Operator removed. Their sessions continue without operator rights.",
};

export function addOperators(app: FastifyInstance, web: Web): void {
  app.get(paths.operators.route, page("operators:read"), async (request, reply) => {
    const after = afterOf(request);
    const found = await web.services.signIn.operatorAccounts({ after, limit: perPage + 1 });
    const operators = found.slice(0, perPage);
    const last = found.length > perPage ? operators.at(-1) : undefined;
    const caller = callerOf(request);
    return web.send(request, reply, {
      title: "Operators",
      sentences,
      content: (
        <Operators
          operators={operators}
          self={caller.kind === "user" ? caller.user.id : undefined}
          first={after === undefined ? undefined : paths.operators()}
          next={last && `${paths.operators()}?after=${last.id}`}
        />
      ),
    });
  });
  addOperatorAdding(app, web);
  addOperatorRemoval(app, web);
}

interface OperatorsProps {
  readonly operators: readonly ListedOperator[];
  /** The id of the reader. */
  readonly self: string | undefined;
  readonly first: string | undefined;
  readonly next: string | undefined;
}

const Operators = ({ operators, self, first, next }: OperatorsProps): VNode => (
  <>
    <PageHeading title="Operators" actions={<LinkButton href={paths.addOperator()}>Add operator</LinkButton>}>
      The people who see every organization of this service and can change it. Programs use{" "}
      <A href={paths.operatorToken()}>the operator token</A> instead.
    </PageHeading>
    <Table
      caption="Operators"
      captionHidden
      stacks
      columns={[
        { title: "Name" },
        { title: "Signs in with", label: "Signs in with" },
        { title: "Second factor", label: "Second factor" },
        actionsColumn,
      ]}
      rows={operators.map((operator) => [
        <>
          <Name name={operator.name} /> {operator.id === self && <Tag colour="blue">You</Tag>}
          <div class="db-quiet db-small">
            <Email address={operator.email} />
          </div>
        </>,
        <Way operator={operator} />,
        <Factor operator={operator} />,
        <Actions operator={operator} isOnly={operators.length === 1 && first === undefined} />,
      ])}
    />
    <Pagination newer={first} older={next} words={{ newer: "First", older: "Next" }} />
  </>
);

interface OneOperatorProps {
  readonly operator: ListedOperator;
}

const Way = ({ operator: { signsInBy } }: OneOperatorProps): VNode => {
  if (signsInBy === undefined) return <Tag colour="yellow">Can&rsquo;t sign in yet</Tag>;
  return <>{signsInBy === "password" ? "Password" : "Identity provider"}</>;
};

const Factor = ({ operator: { signsInBy, hasSecondFactor } }: OneOperatorProps): VNode => {
  if (hasSecondFactor) return <Tag colour="green">On</Tag>;
  return signsInBy === "password" ? <Tag colour="yellow">Off</Tag> : <span class="db-quiet">&ndash;</span>;
};

const Actions = ({ operator, isOnly }: OneOperatorProps & { readonly isOnly: boolean }): VNode | null => {
  const { id, name, signsInBy } = operator;
  const look = { kind: "secondary", size: "small" } as const;
  if (signsInBy !== undefined && isOnly) return null;
  return (
    <RowActions>
      {signsInBy === undefined && (
        <LinkButton href={paths.operatorLink({ user: id })} {...look}>
          <span>
            New link
            <span class="govuk-visually-hidden">
              {" "}
              for <Name name={name} />
            </span>
          </span>
        </LinkButton>
      )}
      {!isOnly && (
        <LinkButton href={paths.removeOperator({ user: id })} {...look}>
          <span>
            Remove
            <span class="govuk-visually-hidden">
              {" "}
              <Name name={name} />
            </span>
          </span>
        </LinkButton>
      )}
    </RowActions>
  );
};
