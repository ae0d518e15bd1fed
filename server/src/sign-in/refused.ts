/**
 * Sign-ins that were refused, of accounts that exist: told to those who watch over the account, at most once an hour. Begins
 * only once the answer is on its way, so that its time doesn't tell whether there is such an account.
 */
import type { Context } from "daybook/internal";
import type { Denials } from "../denials/index.ts";
import type { SignInMethod } from "../store/contract/sessions.ts";
import type { User } from "../store/contract/users.ts";
import { logsOf, targetOf } from "./people.ts";
import type { SignInStore } from "./sign-in-store.ts";

/** One refusal: whose account, by which method, and why, in the words of the event. */
interface RefusedSignIn {
  readonly user: User;
  readonly method: SignInMethod;
  readonly why: string;
  readonly context: Context | undefined;
}

export interface Refusing {
  /**
   * Counts a refusal, and tells of it where there is an account. Returns at once and never throws; what the database can't
   * answer now is passed over.
   */
  note(refusal: RefusedSignIn | undefined): void;
  /** How many there were, of whatever account or none. */
  count(): number;
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
}

export interface RefusingDependencies {
  readonly store: Pick<SignInStore, "membershipsOf">;
  readonly denials: Pick<Denials, "note">;
}

export function openRefusing({ store, denials }: RefusingDependencies): Refusing {
  const underWay = new Set<Promise<void>>();
  let count = 0;

  async function note({ user, method, why, context }: RefusedSignIn): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const logs = await logsOf(store, user);
    denials.note({
      organizationIds: logs.map(({ organizationId }) => organizationId),
      subject: `sign-in ${user.id}`,
      event: {
        type: "SIGN_IN_REFUSED",
        actor: { type: "anonymous" },
        targets: [targetOf(user)],
        data: { userId: user.id, email: user.email, method, why },
        ...(context === undefined ? {} : { context }),
      },
    });
  }

  return {
    count: () => count,
    note: (refusal) => {
      count++;
      if (refusal === undefined) return;
      const noting = note(refusal)
        .catch(() => undefined)
        .finally(() => underWay.delete(noting));
      underWay.add(noting);
    },
    settled: async () => void (await Promise.all(underWay)),
  };
}
