/**
 * Failed sign-ins to existing accounts: recorded in the account's logs, at most once an hour. It begins after the response, so that the
 * time doesn't reveal whether the account exists.
 */
import type { Context } from "daybook/internal";
import type { Denials } from "../../denials/index.ts";
import type { SignInMethod } from "../../store/contract/sessions.ts";
import type { User } from "../../store/contract/users.ts";
import { logsOf, targetOf } from "./people.ts";
import type { SignInStore } from "./sign-in-store.ts";

/** One failure: the account, the method, and the reason, in the words of the event. */
interface RefusedSignIn {
  readonly user: User;
  readonly method: SignInMethod;
  readonly why: string;
  readonly context: Context | undefined;
}

export interface Refusing {
  /**
   * Counts a failure, and records it if the account exists. Returns immediately and never throws; failures during an outage of the database
   * are ignored.
   */
  note(refusal: RefusedSignIn | undefined): void;
  /** The number of failures, for existing accounts or not. */
  count(): number;
  /** Resolves when nothing is in progress. */
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
