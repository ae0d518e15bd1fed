/**
 * Whether the tests catch a mutant. Two failures are looked at twice: tests that were chosen out of a file must pass alone when
 * no mutant is awake, and a time-out must come again, since the machine may have been busy.
 */
import { type MutantToReach, type PlannedTests, plannedTests, type TestFile } from "./reach.ts";
import type { FailedTest } from "./session.ts";
import type { Session } from "./sessions.ts";

export interface TriedMutant {
  readonly outcome: "caught" | "timed out" | "survived" | "not reached";
  /** The test that failed. */
  readonly by?: string;
}

/** What all trials have in common. */
export interface TrialGround {
  readonly files: readonly TestFile[];
  /** Choices of tests that passed with no mutant awake, and files whose tests don't pass without one another. */
  readonly sound: Set<string>;
  readonly whole: Set<string>;
}

const limitOf = (tests: readonly PlannedTests[]): number =>
  180_000 + 10 * tests.reduce((all, { milliseconds }) => all + Math.ceil(milliseconds) + 2_000, 0);

/** Tries mutants in a session. */
export class Trials {
  readonly #session: Session;
  readonly #ground: TrialGround;

  constructor(session: Session, ground: TrialGround) {
    this.#session = session;
    this.#ground = ground;
  }

  /** Tries a mutant on the tests that reach it, up to the first that fails. */
  async try(mutant: MutantToReach): Promise<TriedMutant> {
    const { files, whole } = this.#ground;
    let tests = plannedTests(files, mutant, whole);
    if (tests.length === 0) return { outcome: "not reached" };
    while (tests.length > 0) {
      const result = await this.#session.run({ mutant: mutant.number, tests }, limitOf(tests));
      if (result === undefined) return { outcome: "timed out" };
      const failure = result.failed[0];
      if (failure === undefined) return { outcome: "survived" };
      const at = tests.findIndex(({ file }) => file === failure.file);
      const planned = tests[at];
      if (planned === undefined || (await this.#isCatch(mutant.number, planned, failure))) {
        return { outcome: "caught", by: failure.name };
      }
      // those before it passed; this one proves nothing, or has to run whole
      const isWhole = whole.has(planned.file) && planned.ids !== undefined;
      tests = [...(isWhole ? [{ ...planned, ids: undefined }] : []), ...tests.slice(at + 1)];
    }
    return { outcome: "survived" };
  }

  async #isCatch(mutant: string, planned: PlannedTests, failure: FailedTest): Promise<boolean> {
    if (/timed out/i.test(failure.message)) {
      const again = await this.#session.run({ mutant, tests: [planned] }, limitOf([planned]));
      if (again !== undefined && again.failed.length === 0) return false;
    }
    return planned.ids === undefined || this.#isSound(planned);
  }

  /** Whether tests pass alone, with no mutant awake. */
  async #isSound(planned: PlannedTests): Promise<boolean> {
    const { sound, whole } = this.#ground;
    const choice = `${planned.file} ${planned.ids?.join(" ")}`;
    if (sound.has(choice)) return true;
    const control = await this.#session.run({ tests: [planned] }, limitOf([planned]));
    if (control?.failed.length === 0) sound.add(choice);
    else whole.add(planned.file);
    return sound.has(choice);
  }
}
