/**
 * Who is calling, and may they do that here? The one place that answers. Tokens are compared by their SHA-256 hashes, which
 * lie in the database so that all processes agree. It refuses to know HTTP, and never keeps a token.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { DaybookError } from "daybook/error";
import type { Actor, RecordedBy } from "daybook/event";
import type { Organization, Store } from "../store/store.ts";
import { type Action, actions, type Role } from "./actions.ts";
import { fresh } from "./fresh.ts";

/** Who is calling. `recordedBy` goes into every event they send; `actor` into those that the server writes for them. */
export interface Caller {
  readonly role: Role;
  readonly id: string;
  readonly recordedBy: RecordedBy | undefined;
  readonly actor: Actor;
}

export interface Access {
  /**
   * The caller who holds this token; nobody without one. A new operator token counts within a second, in every process.
   * @throws DaybookError `not-authenticated` for a token that nobody holds; what the store throws
   */
  authenticate(token: string | undefined): Caller | Promise<Caller>;
  mayDo(caller: Caller, action: Action, organization?: Organization): boolean;
  /**
   * Refuses what the caller may not do.
   * @throws DaybookError `not-authenticated` for nobody, else `not-allowed`
   */
  demand(caller: Caller, action: Action, organization?: Organization): void;
  /**
   * The organization of that slug or id, if the caller may do this there. One that doesn't exist and one that they may
   * not know of are refused in the same words.
   * @throws DaybookError `organization-not-found`, `not-allowed`, `not-authenticated`
   */
  organization(caller: Caller, action: Action, slugOrId: string): Promise<Organization>;
  /** The same, from what was read at most a second ago: for the write path, where the log checks again under its lock. */
  organizationLately(caller: Caller, action: Action, slugOrId: string): Organization | Promise<Organization>;
}

const operator: Caller = {
  role: "operator",
  id: "operator",
  recordedBy: { type: "operator", id: "operator" },
  actor: { type: "user", id: "operator" },
};

const nobody: Caller = {
  role: "nobody",
  id: "nobody",
  recordedBy: undefined,
  actor: { type: "anonymous", id: "anonymous" },
};

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Opens the access check over the store. */
export function openAccess(store: Pick<Store, "deployment" | "organization">, now?: () => number): Access {
  const operatorHashes = fresh(async () => (await store.deployment())?.operatorTokenHash, { now, most: 1 });
  const organizations = fresh((slugOrId) => store.organization(slugOrId), { now, most: 10_000 });

  const mayDo: Access["mayDo"] = (caller, action) => actions[action].includes(caller.role);
  const demand: Access["demand"] = (caller, action, organization) => {
    if (mayDo(caller, action, organization)) return;
    throw new DaybookError(caller.role === "nobody" ? "not-authenticated" : "not-allowed");
  };
  const known = (organization: Organization | undefined): Organization => {
    if (organization === undefined) throw new DaybookError("organization-not-found");
    return organization;
  };

  return {
    authenticate(token) {
      if (token === undefined) return nobody;
      const hash = sha256(token);
      const check = (expected: Uint8Array | undefined): Caller => {
        if (expected?.length === hash.length && timingSafeEqual(expected, hash)) return operator;
        throw new DaybookError("not-authenticated");
      };
      const expected = operatorHashes.get("operator");
      return expected instanceof Promise ? expected.then(check) : check(expected);
    },
    mayDo,
    demand,
    async organization(caller, action, slugOrId) {
      demand(caller, action);
      return known(await store.organization(slugOrId));
    },
    organizationLately(caller, action, slugOrId) {
      demand(caller, action);
      const organization = organizations.get(slugOrId);
      return organization instanceof Promise ? organization.then(known) : known(organization);
    },
  };
}
