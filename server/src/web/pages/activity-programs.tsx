/** A list for programs, and for who passes it on: its address in the API, the command that asks it, its link. */
import type { VNode } from "preact";
import { curlCommand, jsonAddress } from "../activity/api-address.ts";
import type { Question } from "../activity/question.ts";
import { CodeBlock } from "../components/code-block/code-block.tsx";
import { CopyLink } from "../components/copy-button/copy-button.tsx";
import { Details } from "../components/details/details.tsx";

interface ForProgramsProps {
  readonly question: Question;
  readonly organization: { readonly slug: string } | undefined;
}

export const ForPrograms = ({ question, organization }: ForProgramsProps): VNode => (
  <section class="db-programs db-no-print">
    <h2 class="govuk-visually-hidden">This view elsewhere</h2>
    <div class="db-row">
      <a href={jsonAddress(question, organization)}>As JSON</a>
      <CopyLink>Copy link to this view</CopyLink>
    </div>
    <Details summary="As curl">
      <CodeBlock what="command" text={curlCommand(question, organization)} />
    </Details>
  </section>
);
