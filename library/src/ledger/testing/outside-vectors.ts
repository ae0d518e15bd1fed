/** Vectors made by others, which lie beside the repository: read where they are there, skipped with a reason where not. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type TestContext } from "vitest";

const folder = fileURLToPath(new URL("../../../../../shared/vectors", import.meta.url));

/** Whether the vectors are there. */
const outsideVectorsExist: boolean = existsSync(folder);

/** Skips the test where the vectors are absent; fails it where CI=true, for there they must be present. */
export function needOutsideVectors(context: TestContext): void {
  if (outsideVectorsExist) return;
  expect(process.env.CI, "../shared/vectors is absent, and CI needs it").not.toBe("true");
  context.skip("the outside vectors in ../shared/vectors are absent");
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
