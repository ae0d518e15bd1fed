/** A new token of an API client, shown once, with a command that uses it. */
import type { FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { addressOf } from "../../http/index.ts";
import { TokenPanel } from "../base/token-panel.tsx";
import { CodeBlock } from "../kit/components/code-block/code-block.tsx";
import type { Client } from "./places.ts";
import { tryToken } from "./try-token.ts";

interface NewTokenProps {
  readonly request: FastifyRequest;
  /** The organization, for the paths of the API. */
  readonly at: { readonly org: string };
  readonly title: string;
  readonly token: string;
  readonly scopes: Client["scopes"];
}

export const NewToken = ({ request, at, title, token, scopes }: NewTokenProps): VNode => {
  const tried = tryToken({ at, token, scopes, addressOf: (path) => addressOf(request, path) });
  return (
    <TokenPanel title={title} token={token}>
      {tried !== undefined && (
        <section aria-labelledby="try">
          <h2 id="try">Try it</h2>
          <p class="db-quiet">{tried.words}.</p>
          <CodeBlock what="command" text={tried.command} />
        </section>
      )}
    </TokenPanel>
  );
};
