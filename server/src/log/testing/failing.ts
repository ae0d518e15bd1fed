/** Failure, one of the few things that tests simulate: a store whose steps fail, before or after they are done. */
import type { WriteTransaction } from "../../store/contract/transaction.ts";
import type { Store } from "../../store/store.ts";

/** Where a transaction can fail; `commit` is the store's own. */
export type FailingStep = keyof WriteTransaction | "commit";

/** A fault: throws `error()` at a step, before or after it is done, as often as `times` says. */
export interface Fault {
  readonly step: FailingStep;
  readonly done: boolean;
  readonly error: () => Error;
  times: number;
}

/** A store around another one, with the fault that `current` returns, if any. */
export function failing(store: Store, current: () => Fault | undefined): Store {
  return {
    ...store,
    write: async (work, names) => {
      let atCommit: Error | undefined;
      const result = await store.write(async (tx) => {
        const value = await work(faulty(tx, current));
        const fault = current();
        if (fault?.step === "commit" && fault.times > 0) {
          fault.times--;
          if (!fault.done) throw fault.error();
          atCommit = fault.error();
        }
        return value;
      }, names);
      if (atCommit !== undefined) throw atCommit;
      return result;
    },
  };
}

function faulty(tx: WriteTransaction, current: () => Fault | undefined): WriteTransaction {
  return new Proxy(tx, {
    get(target, step: keyof WriteTransaction) {
      const method = target[step] as (...values: unknown[]) => Promise<unknown>;
      return async (...values: unknown[]) => {
        const fault = current();
        if (fault?.step !== step || fault.times <= 0) return method.apply(target, values);
        fault.times--;
        if (fault.done) await method.apply(target, values);
        throw fault.error();
      };
    },
  });
}
