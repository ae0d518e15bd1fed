/**
 * Who is calling, and may they do that here? The one place that answers. Whom a token belongs to is asked of the authenticators, the
 * rooms that issue them, by the prefix of the token; the operator token is this room's own, compared by its SHA-256, which
 * lies in the database so that all processes agree. It refuses to know HTTP, and never keeps a token.
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
 * Says whose token it is, as it is at this moment. `isAgain`: for what goes on or comes without anybody doing something, which counts as
 * no sign of them. Throws DaybookError `not-authenticated`, and what the store throws.
 */
export type Authenticator = (token: string, isAgain?: boolean) => Promise<Caller>;

/** What a caller sees of an organization's log; `search` reads by it. */
interface View {
  readonly rowScope: RowScope;
  readonly context: boolean;
  readonly onlyTarget: string | undefined;
}

export interface Access {
  /**
   * The caller who holds this token; nobody without one. A new operator token counts within a second, in every process, and at once
   * after `operatorTokenReplaced`; all others are asked for anew each time.
   * @throws DaybookError `not-authenticated` for a token that nobody holds or that no longer works; what the store throws
   */
  authenticate(token: string | undefined, isAgain?: boolean): Caller | Promise<Caller>;
  /** The old operator token is refused from the next request on, in this process. */
  operatorTokenReplaced(): void;
  /** Where the action belongs to an organization, the one that it is done in has to be given. */
  mayDo(caller: Caller, action: Action, organization?: Organization): boolean;
  /**
   * Refuses what the caller may not do. An organization that they may not even know of is refused in the words for one that
   * doesn't exist. A person who may is asked to show once more who they are, where that was long ago and the action asks for it.
   * @throws DaybookError `reauthentication-needed`, `not-authenticated` for nobody, `organization-not-found`, else `not-allowed` with who may, or which
   * scope an API client lacks
   */
  demand(caller: Caller, action: Action, organization?: Organization): void;
  /** Whose rows may be read for the caller who names an organization by slug or id: by what they showed, not by what they ask. */
  rowScopeOf(caller: Caller, slugOrId: string): RowScope;
  /** What a caller sees who may see every organization: of all of them. */
  readonly everything: View;
  /** What the caller sees of the organization; of the row scope that `rowScopeOf` gave. */
  viewOf(caller: Caller, organization: Organization, rowScope: RowScope): View;
}

const sha256 = (text: string): Buffer => hash("sha256", text, "buffer");

/** What the room stands on. `authenticators` by the prefix of the tokens they know, such as `dbk_live_`. */
export interface AccessOptions {
  readonly store: Pick<Store, "deployment">;
  readonly authenticators?: Readonly<Record<string, Authenticator>>;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** Opens the access check. */
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
