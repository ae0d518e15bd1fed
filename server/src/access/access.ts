/**
 * Who is calling, and may they do that here? The one place that answers. Tokens are compared by their SHA-256 hashes, which
 * lie in the database so that all processes agree. It refuses to know HTTP, and never keeps a token.
 */
import { hash, timingSafeEqual } from "node:crypto";
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
   * Refuses what the caller may not do. An organization that they may not even know of is refused in the words for one that
   * doesn't exist.
   * @throws DaybookError `not-authenticated` for nobody, else `not-allowed`
   */
  demand(caller: Caller, action: Action, organization?: Organization): void;
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

const sha256 = (text: string): Buffer => hash("sha256", text, "buffer");

/** Opens the access check over the store. */
export function openAccess(store: Pick<Store, "deployment">, now?: () => number): Access {
  const operatorHash = fresh(async () => (await store.deployment())?.operatorTokenHash, now);

  const mayDo: Access["mayDo"] = (caller, action) => actions[action].includes(caller.role);
  const demand: Access["demand"] = (caller, action, organization) => {
    if (mayDo(caller, action, organization)) return;
    throw new DaybookError(caller.role === "nobody" ? "not-authenticated" : "not-allowed");
  };
  return {
    authenticate(token) {
      if (token === undefined) return nobody;
      const presented = sha256(token);
      const check = (expected: Uint8Array | undefined): Caller => {
        if (expected?.length === presented.length && timingSafeEqual(expected, presented)) return operator;
        throw new DaybookError("not-authenticated");
      };
      const expected = operatorHash();
      return expected instanceof Promise ? expected.then(check) : check(expected);
    },
    mayDo,
    demand,
  };
}
