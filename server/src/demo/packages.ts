/**
 * Reads the real data of the demo from two npm packages made by others: GitHub's webhook payloads and API definitions.
 * It refuses to know what becomes of them.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { type GithubDelivery, readDeliveries } from "daybook/importers";

const { resolve } = createRequire(import.meta.url);

/** A package: its folder, its name, its version. */
export interface Package {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
}

function packageOf(name: string): Package {
  const path = resolve(`${name}/package.json`);
  const { version } = JSON.parse(readFileSync(path, "utf8")) as { version: string };
  return { folder: dirname(path), name, version };
}

/** Payloads of one GitHub: `api.github.com`, or a version of its enterprise server. */
export interface Payloads {
  readonly enterprise: boolean;
  readonly deliveries: readonly GithubDelivery[];
}

/** All payloads of the package, in its order. */
export function readPayloads(): { from: Package; payloads: Payloads[] } {
  const from = packageOf("@octokit/webhooks-examples");
  const folders = readdirSync(from.folder)
    .filter((name) => name === "api.github.com" || name.startsWith("ghes-"))
    .sort();
  const payloads = folders.map((name) => ({
    enterprise: name !== "api.github.com",
    deliveries: readDeliveries(readFileSync(join(from.folder, name, "index.json"), "utf8")),
  }));
  return { from, payloads };
}

/** A definition: the name of its API, and its bytes. Several of one name are its versions, oldest specification first. */
export interface Definition {
  readonly api: string;
  readonly bytes: Uint8Array;
}

/** All JSON definitions of the package. The steps of its workshop are one API that is saved again and again. */
export function readDefinitions(): { from: Package; definitions: Definition[] } {
  const from = packageOf("@readme/oas-examples");
  const paths = readdirSync(from.folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^\d\.\d\/json\/(openapi-workshop\/)?[\w-]+\.json$/.test(path))
    .sort();
  const definitions = paths.map((path) => ({
    api: path.includes("/openapi-workshop/") ? "hoot" : basename(path, ".json"),
    bytes: readFileSync(join(from.folder, path)),
  }));
  return { from, definitions };
}
