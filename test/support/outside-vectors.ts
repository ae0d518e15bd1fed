/**
 * Test vectors made by others, which are beside the repository in ../shared/vectors. A clone doesn't have them, and skips their tests with
 * a warning. CI must have them, unless DAYBOOK_OUTSIDE_VECTORS=absent says that this CI has none: then they are skipped with the same
 * warning.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { TestContext } from "vitest";

const folder = fileURLToPath(new URL("../../../shared/vectors", import.meta.url));

/** Whether the vectors are there. */
export const outsideVectorsExist: boolean = existsSync(folder);

/** What to do about the vectors: use them, skip what needs them, or fail. */
export function onOutsideVectors(exist: boolean, env: NodeJS.ProcessEnv): "use" | "skip" | "fail" {
  if (exist) return "use";
  return env.CI === "true" && env.DAYBOOK_OUTSIDE_VECTORS !== "absent" ? "fail" : "skip";
}

const decision = onOutsideVectors(outsideVectorsExist, process.env);

/** Skips the test where the vectors are absent, loudly; fails it where they must be present. */
export function needOutsideVectors(context: TestContext): void {
  if (decision === "use") return;
  if (decision === "fail")
    throw new Error(
      "../shared/vectors is absent, and CI needs it; DAYBOOK_OUTSIDE_VECTORS=absent says that this CI has none",
    );
  const sentence = "the vectors of others in ../shared/vectors are absent";
  console.warn(`SKIPPED: ${context.task.name}: ${sentence}`);
  context.skip(sentence);
}

/** Every file below a folder of the vectors with this ending, by its path below it, sorted; none where absent. */
export const outsideFiles = (path: string, ending: string): string[] =>
  outsideVectorsExist
    ? readdirSync(`${folder}/${path}`, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(ending))
        .sort()
    : [];

/** The text of one file of the vectors. */
export const readOutside = (path: string): string => readFileSync(`${folder}/${path}`, "utf8");
