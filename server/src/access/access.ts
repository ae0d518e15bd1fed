/**
 * Access control: who is calling, and whether they may do an action. An authenticator resolves each token to its holder; the service that
 * issues the tokens provides it, and the prefix of the token selects it. The operator token is resolved here, by comparing its SHA-256 with
 * the one in the database, which all processes share. This file never keeps a token.
 */
import { hash, timingSafeEqual } from "node:crypto";
import { DaybookError } from "daybook/internal";
import type { Organization } from "../store/contract/organizations.ts";
import { nothing, type RowScope } from "../store/contract/row-scope.ts";
import type { Store } from "../store/store.ts";
import { type Action, actions } from "./actions.ts";
import { type Caller, nobody, operatorBy } from "./caller.ts";
import { fresh } from "./fresh.ts";
import { judge, placesOf } from "./judge.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Resolves a token to its holder, as of this moment. `isAgain`: for requests that continue or repeat without a person's action, and so
 * don't extend a session. Throws DaybookError `not-authenticated`, and what the store throws.
 */
export type Authenticator = (token: string, isAgain?: boolean) => Promise<Caller>;

/** The part of an organization's log that a caller sees; `search` reads with it. */
interface View {
  readonly rowScope: RowScope;
  readonly context: boolean;
  readonly onlyTarget: string | undefined;
}

export interface Access {
  /**
   * The caller who holds this token; anonymous without one. A new operator token counts within a second in every process, and immediately
   * after `operatorTokenReplaced`; other tokens are read on every request.
   * @throws DaybookError `not-authenticated` for an unknown token or one that no longer works; what the store throws
   */
  authenticate(token: string | undefined, isAgain?: boolean): Caller | Promise<Caller>;
  /** From the next request on, this process refuses the old operator token. */
  operatorTokenReplaced(): void;
  /** For an action in an organization, the organization is required. */
  mayDo(caller: Caller, action: Action, organization?: Organization): boolean;
  /**
   * Refuses what the caller may not do. For an organization that the caller may not see, the error is the same as for one that doesn't
   * exist. If the action needs a confirmed identity, a person whose last confirmation is too old must confirm again.
   * @throws DaybookError `reauthentication-needed`, `not-authenticated` for anonymous callers, `organization-not-found`, else `not-allowed`
   * with who may, or with the scope that an API client lacks
   */
  demand(caller: Caller, action: Action, organization?: Organization): void;
  /** The rows that the caller may read in an organization, by slug or id: the caller's credentials decide, not the request. */
  rowScopeOf(caller: Caller, slugOrId: string): RowScope;
  /** The row scope of all organizations, for callers who may see all. */
  readonly everything: View;
  /** The part of the organization's log that the caller sees, within the row scope from `rowScopeOf`. */
  viewOf(caller: Caller, organization: Organization, rowScope: RowScope): View;
}

const sha256 = (text: string): Buffer => hash("sha256", text, "buffer");

/** The services behind access control. `authenticators` by the prefix of their tokens, such as `dbk_live_`. */
export interface AccessOptions {
  readonly store: Pick<Store, "deployment">;
  readonly authenticators?: Readonly<Record<string, Authenticator>>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Opens access control. */
export function openAccess({ store, authenticators = {}, now }: AccessOptions): Access {
  const operatorHash = fresh(async () => (await store.deployment())?.operatorTokenHash, now);
  const prefixes = Object.entries(authenticators);

  const mayDo: Access["mayDo"] = (caller, action, organization) =>
    judge(caller, actions[action], organization);
  const demand: Access["demand"] = (caller, action, organization) => {
    if (organization !== undefined && caller.kind !== "nobody" && placesOf(caller, organization).length === 0)
      throw new DaybookError("organization-not-found");
    if (mayDo(caller, action, organization)) {
      if (actions[action].fresh && caller.kind === "user" && caller.session?.isFresh === false)
        throw new DaybookError("reauthentication-needed");
      return;
    }
    if (caller.kind === "nobody") throw new DaybookError("not-authenticated");
    throw refusalOf(caller, action, actions[action]);
  };
  return {
    authenticate(token, isAgain) {
      if (token === undefined) return nobody;
      for (const [prefix, authenticate] of prefixes)
        if (token.startsWith(prefix)) return authenticate(token, isAgain);
      const presented = sha256(token);
      const check = (expected: Uint8Array | undefined): Caller => {
        if (expected?.length === presented.length && timingSafeEqual(expected, presented))
          return operatorBy(presented);
        throw new DaybookError("not-authenticated");
      };
      const expected = operatorHash.get();
      return expected instanceof Promise ? expected.then(check) : check(expected);
    },
    operatorTokenReplaced: operatorHash.forget,
    mayDo,
    demand,
    rowScopeOf,
    everything: { rowScope: "everything", context: true, onlyTarget: undefined },
    viewOf: (caller, organization, rowScope) => ({
      rowScope: rowScope === "everything" ? organization.organizationId : rowScope,
      context: mayDo(caller, "events:read-context", organization),
      onlyTarget: caller.kind === "viewer" ? (caller.session.onlyTarget ?? undefined) : undefined,
    }),
  };
}

function rowScopeOf(caller: Caller, slugOrId: string): RowScope {
  switch (caller.kind) {
    case "operator":
      return "everything";
    case "user": {
      if (caller.user.isOperator) return "everything";
      const here = caller.memberships.find(({ slug, id }) => slug === slugOrId || id === slugOrId);
      return here?.organizationId ?? nothing;
    }
    case "api_client":
    case "viewer":
      return caller.organization.organizationId;
    default:
      return nothing;
  }
}
