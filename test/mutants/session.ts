/**
 * A process that runs tests on mutants, one order after the other, over one PostgreSQL. A mutant that never ends blocks this process: the
 * command kills it and starts another.
 */
import { createVitest, type Reporter, type TestCase, type TestModule } from "vitest/node";

/** Some tests of a file, by their ids; absent: all of them. */
export interface ChosenTests {
  readonly file: string;
  readonly ids?: readonly string[] | undefined;
}

/** An order: these tests, in this order, with one mutant awake or none. */
export interface SessionOrder {
  readonly mutant?: string | undefined;
  readonly tests: readonly ChosenTests[];
  /** Whether to go on after a failure. */
  readonly all?: boolean;
}

/** A test that failed, or a file. */
export interface FailedTest {
  readonly file: string;
  readonly id?: string;
  readonly name: string;
  readonly message: string;
}

/** A test that ran, with how many milliseconds it took. */
export interface RanTest {
  readonly file: string;
  readonly id: string;
  readonly ms: number;
}

export interface SessionResult {
  readonly failed: readonly FailedTest[];
  readonly ran: readonly RanTest[];
}

let goesOn = false;
let failed: FailedTest[] = [];
let ran: RanTest[] = [];

const messageOf = (errors: readonly { readonly message: string }[] | undefined): string =>
  errors?.[0]?.message.slice(0, 300) ?? "";

const reporter: Reporter = {
  onTestCaseResult(test: TestCase) {
    const result = test.result();
    const { id, fullName: name, module } = test;
    if (result.state === "skipped") return;
    ran.push({ file: module.moduleId, id, ms: test.diagnostic()?.duration ?? 0 });
    if (result.state === "failed") {
      failed.push({ file: module.moduleId, id, name, message: messageOf(result.errors) });
      stop();
    }
  },
  onTestModuleEnd(module: TestModule) {
    if (module.state() !== "failed" || failed.some(({ file }) => file === module.moduleId)) return;
    const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
    const message = messageOf([...module.errors(), ...suites]);
    failed.push({ file: module.moduleId, name: module.relativeModuleId, message });
    stop();
  },
};

/** Not by `bail`, which counts the failures of earlier orders too. */
const stop = (): void => {
  if (!goesOn) void vitest.cancelCurrentRun("test-failure");
};

/** The order that was given counts: the files of an order come the most promising first. */
class AsGiven {
  sort = <T>(files: T[]): T[] => files;
  shard = <T>(files: T[]): T[] => files;
}

async function run({ mutant, tests, all }: SessionOrder): Promise<SessionResult> {
  goesOn = all ?? false;
  failed = [];
  ran = [];
  if (mutant === undefined) delete process.env.__STRYKER_ACTIVE_MUTANT__;
  else process.env.__STRYKER_ACTIVE_MUTANT__ = mutant;
  const project = vitest.projects[0]!;
  const specifications = tests.map(({ file, ids }) =>
    project.createSpecification(file, ids === undefined ? undefined : { testIds: [...ids] }),
  );
  const { unhandledErrors } = await vitest.runTestSpecifications(specifications);
  for (const error of unhandledErrors as { readonly message?: string }[]) {
    const message = error.message ?? "";
    failed.push({ file: "", name: "an error that nothing handled", message: message.slice(0, 300) });
  }
  return { failed, ran };
}

const vitest = await createVitest("test", {
  root: process.cwd(),
  config: "test/mutants/vitest.config.ts",
  watch: false,
  reporters: [reporter],
  sequence: { sequencer: AsGiven as never },
});
await vitest.standalone();
process.on("message", (order: SessionOrder) => {
  run(order).then(
    (result) => process.send?.(result),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => {
  // the group is this session's own; PostgreSQL is cleared away by the next run (test/support/global-setup.ts)
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), 20_000).unref();
  void vitest.close().finally(() => process.exit(0));
});
process.send?.("ready");
