/** The personal tokens on the account page. */
import type { VNode } from "preact";
import { paths } from "../../../paths.ts";
import type { OwnToken } from "../../../sign-in/index.ts";
import { Day } from "../../base/expiry.tsx";
import { A } from "../../kit/address/address.tsx";
import { LinkButton } from "../../kit/components/button/button.tsx";
import { Name } from "../../kit/components/marked-text/name.tsx";

export const Tokens = ({ tokens }: { readonly tokens: readonly OwnToken[] }): VNode => (
  <>
    <h2>Personal tokens</h2>
    {tokens.length === 0 ? (
      <p>None. A program with a personal token can do what you can, as you, until the token ends.</p>
    ) : (
      <ul class="db-sessions">
        {tokens.map((token) => (
          <OneToken token={token} />
        ))}
      </ul>
    )}
    <div class="db-sessions__more">
      <LinkButton href={paths.addToken()} kind="secondary">
        Add a personal token
      </LinkButton>
    </div>
  </>
);

const OneToken = ({ token }: { readonly token: OwnToken }): VNode => (
  <li class="db-sessions__item">
    <div class="db-sessions__what">
      <div>
        <Name name={token.name} /> <code>{token.prefix}…</code>
      </div>
      <div class="db-quiet db-small">
        Works until <Day day={token.expiresOn} />,{" "}
        {token.lastUsedOn === null ? (
          "never used"
        ) : (
          <>
            last used on <Day day={token.lastUsedOn} />
          </>
        )}
      </div>
    </div>
    <A href={paths.endToken({ token: token.id })}>
      End
      <span class="govuk-visually-hidden">
        {" "}
        the token <Name name={token.name} />
      </span>
    </A>
  </li>
);
