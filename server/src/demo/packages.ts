/**
 * Reads the real data of the demo, which build-demo.js took from two npm packages made by others: GitHub's webhook payloads and API
 * definitions.
 */
import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { type GithubDelivery, readDeliveries } from "daybook/importers";
import { inPackage } from "../files/index.ts";

/** A package with its name and version. */
interface DemoPackage {
  readonly name: string;
  readonly version: string;
}

interface Packed extends DemoPackage {
  /** Path and text of each file, in order of their paths. */
  readonly files: readonly (readonly [path: string, text: string])[];
}

/** Both packages; the same file serves the sources and the build. */
function readData(): { webhooks: Packed; definitions: Packed } {
  const bytes = readFileSync(inPackage("dist/demo/data.json.br"));
  return JSON.parse(brotliDecompressSync(bytes).toString("utf8"));
}

/** Payloads from one GitHub: `api.github.com`, or a version of its enterprise server. */
export interface Payloads {
  readonly enterprise: boolean;
  readonly deliveries: readonly GithubDelivery[];
}

/** A definition: the name of its API, and its bytes. Several with one name are its versions, oldest specification first. */
export interface Definition {
  readonly api: string;
  readonly bytes: Uint8Array;
}

/** The sources of the demo. */
export interface DemoData {
  readonly payloads: readonly Payloads[];
  readonly payloadsFrom: DemoPackage;
  readonly definitions: readonly Definition[];
  readonly definitionsFrom: DemoPackage;
}

/** All payloads and all JSON definitions, in the packages' order. The steps of the tutorial are one API that is saved repeatedly. */
export function readDemoData(): DemoData {
  const { webhooks, definitions } = readData();
  return {
    payloadsFrom: webhooks,
    payloads: webhooks.files.map(([path, text]) => ({
      enterprise: dirname(path) !== "api.github.com",
      deliveries: readDeliveries(text),
    })),
    definitionsFrom: definitions,
    definitions: definitions.files.map(([path, text]) => ({
      api: path.includes("/openapi-workshop/") ? "hoot" : basename(path, ".json"),
      bytes: Buffer.from(text),
    })),
  };
}
