/** The list in other forms: its files, its address in the API, the command that requests it, its link. */
import type { VNode } from "preact";
import { A } from "../kit/address/address.tsx";
import { CodeBlock } from "../kit/components/code-block/code-block.tsx";
import { CopyLink } from "../kit/components/copy-button/copy-button.tsx";
import { Details } from "../kit/components/details/details.tsx";
import { curlCommand, type EventsFile, jsonAddress } from "./api-address.ts";
import type { Question } from "./question.ts";

interface ForProgramsProps {
  readonly question: Question;
  readonly organization: { readonly slug: string } | undefined;
  /** The events as files; empty for readers who may not download them. */
  readonly files: readonly EventsFile[];
}

export const ForPrograms = ({ question, organization, files }: ForProgramsProps): VNode => (
  <section class="db-programs db-no-print">
    <h2 class="govuk-visually-hidden">This view elsewhere</h2>
    <div class="db-row">
      {files.map(({ title, href }) => (
        <A href={href}>Download these events as {title}</A>
      ))}
      <A href={jsonAddress(question, organization)}>As JSON</A>
      <CopyLink>Copy link to this view</CopyLink>
    </div>
    <Details summary="As curl">
      <CodeBlock what="command" text={curlCommand(question, organization)} />
    </Details>
  </section>
);
