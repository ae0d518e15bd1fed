/** The content of one operation's page: what it takes, what it answers, and how a request looks. */
import type { JsonObject } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { A } from "../kit/address/address.tsx";
import { CodeBlock } from "../kit/components/code-block/code-block.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryList, type SummaryRow } from "../kit/components/summary-list/summary-list.tsx";
import { type ApiDocument, anchorOf, type DocumentParameter, type ShownOperation } from "./document.ts";
import { alternatives, type ShapeField, takes } from "./shape-fields.ts";

interface OperationProps {
  readonly operation: ShownOperation;
  readonly document: ApiDocument;
}

export const OneOperation = ({ operation, document }: OperationProps): VNode => {
  const { summary, description, tags: [group = ""] = [], method, path } = operation;
  return (
    <>
      <BackLink href={`${paths.documentation()}#${anchorOf(group)}`}>API reference</BackLink>
      <PageHeading title={summary} caption={group}>
        {description && <Prose text={description} />}
      </PageHeading>
      <p>
        <code>
          {method} {path}
        </code>
      </p>
      <CodeBlock text={exampleOf(operation)} what="request" />
      <Parameters operation={operation} document={document} />
      <Body operation={operation} document={document} />
      <Responses operation={operation} document={document} />
    </>
  );
};

/** A text of the document, whose code stands between backticks. */
const Prose = ({ text }: { readonly text: string }): VNode => (
  <>{text.split(/`([^`]*)`/).map((piece, at) => (at % 2 === 0 ? piece : <code>{piece}</code>))}</>
);

/** A request with curl; what stands in capitals is yours. */
function exampleOf({ method, path, requestBody }: ShownOperation): string {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}"$DAYBOOK_URL${address}"`,
    `-H "Authorization: Bearer $DAYBOOK_TOKEN"`,
    ...(requestBody === undefined ? [] : [`-H "Content-Type: application/json"`, "-d @body.json"]),
  ];
  return lines.join(" \\\n  ");
}

const places: Readonly<Record<string, string>> = { path: "in the path", header: "a header" };

const Parameters = ({ operation: { parameters = [] }, document }: OperationProps): VNode | null => {
  if (parameters.length === 0) return null;
  return (
    <>
      <h2>Parameters</h2>
      <SummaryList rows={parameters.map((parameter) => parameterRow(parameter, document))} />
    </>
  );
};

const parameterRow = (
  { name, in: place, required = false, description, schema = {} }: DocumentParameter,
  document: ApiDocument,
): SummaryRow => ({
  key: <code>{name}</code>,
  value: (
    <>
      <span class="db-quiet">
        {[takes(schema, document.components.schemas), places[place], required && "must be there"]
          .filter(Boolean)
          .join("; ")}
      </span>
      {description !== undefined && (
        <div>
          <Prose text={description} />
        </div>
      )}
    </>
  ),
});

const Body = ({ operation: { requestBody }, document }: OperationProps): VNode | null => {
  if (requestBody === undefined) return null;
  return (
    <>
      <h2>Body</h2>
      {Object.entries(requestBody.content).map(([kind, { schema = {} }]) => (
        <Shape kind={kind} schema={schema} document={document} />
      ))}
    </>
  );
};

interface ShapeProps {
  /** The media type. */
  readonly kind: string;
  readonly schema: JsonObject;
  readonly document: ApiDocument;
}

/** What a body can be, with the members of each alternative. */
const Shape = ({ kind, schema, document }: ShapeProps): VNode => (
  <>
    {alternatives(schema, document.components.schemas).map(({ takes: name, fields }) => (
      <>
        <p>
          <code>{kind}</code>: {name}
        </p>
        {fields.length > 0 && <SummaryList rows={fields.map(fieldRow)} />}
      </>
    ))}
  </>
);

const fieldRow = ({ name, takes: type, required, description }: ShapeField): SummaryRow => ({
  key: <code>{name}</code>,
  value: (
    <>
      <span class="db-quiet db-break">
        {type}
        {required && "; must be there"}
      </span>
      {description !== undefined && (
        <div>
          <Prose text={description} />
        </div>
      )}
    </>
  ),
});

const Responses = ({ operation: { responses }, document }: OperationProps): VNode => {
  const all = Object.entries(responses);
  const [answers, refusals] = [true, false].map((isGood) =>
    all.filter(([status]) => status.startsWith("2") === isGood),
  );
  return (
    <>
      <h2>Responses</h2>
      {answers?.map(([status, { description, content = {} }]) => (
        <>
          <h3>{status}</h3>
          <p>
            <Prose text={description} />
          </p>
          {Object.entries(content).map(([kind, { schema = {} }]) => (
            <Shape kind={kind} schema={schema} document={document} />
          ))}
        </>
      ))}
      <h2>Refusals</h2>
      <p>
        Each is a problem document with one of these codes: <A href={paths.errors()}>all errors</A>.
      </p>
      <SummaryList
        rows={(refusals ?? []).map(([status, { description }]) => ({
          key: status,
          value: description.split("\n\n").map((line) => (
            <div>
              <Prose text={line} />
            </div>
          )),
        }))}
      />
    </>
  );
};
