/** A list elsewhere: its file, its address in the API, the command that asks it, its link. */
import type { VNode } from "preact";
import { CodeBlock } from "../kit/components/code-block/code-block.tsx";
import { CopyLink } from "../kit/components/copy-button/copy-button.tsx";
import { Details } from "../kit/components/details/details.tsx";
import { curlCommand, jsonAddress } from "./api-address.ts";
import type { Question } from "./question.ts";

interface ForProgramsProps {
  readonly question: Question;
  readonly organization: { readonly slug: string } | undefined;
  /** The address of the file; undefined for who may not download it. */
  readonly csv: string | undefined;
}

export const ForPrograms = ({ question, organization, csv }: ForProgramsProps): VNode => (
  <section class="db-programs db-no-print">
    <h2 class="govuk-visually-hidden">This view elsewhere</h2>
    <div class="db-row">
      {csv !== undefined && <a href={csv}>Download these events as CSV</a>}
      <a href={jsonAddress(question, organization)}>As JSON</a>
      <CopyLink>Copy link to this view</CopyLink>
    </div>
    <Details summary="As curl">
      <CodeBlock what="command" text={curlCommand(question, organization)} />
    </Details>
  </section>
);
