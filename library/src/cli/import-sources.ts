/** Finds and reads the payloads for `daybook import github`: a file, a folder, or stdin. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { DaybookError } from "../error/index.ts";
import { type GithubDelivery, readDeliveries } from "../importers/index.ts";
import { jsonTexts, open } from "./input.ts";
import type { Io } from "./io.ts";

/** A file to read; `receivedAt` is its time, in microseconds. */
interface SourceFile {
  readonly path: string;
  readonly receivedAt: bigint | undefined;
}

/** A payload, or an unreadable text, with its place. */
export type FoundDelivery =
  | { readonly place: string; readonly delivery: GithubDelivery }
  | { readonly place: string; readonly unreadable: string };

const isPayloadFile = (name: string): boolean => /\.(json|ndjson|jsonl)$/i.test(name);

async function sourcesOf(path: string): Promise<SourceFile[]> {
  if (path === "-") return [{ path, receivedAt: undefined }];
  const found = await stat(path).catch((cause) => {
    throw new DaybookError("config-invalid", {
      detail: `${path} can't be read (${cause.code ?? cause.message}).`,
      remedy: "Name a file, a folder, or - for stdin.",
    });
  });
  if (!found.isDirectory()) return [{ path, receivedAt: BigInt(Math.trunc(found.mtimeMs)) * 1000n }];
  const names = await readdir(path, { recursive: true });
  const sources: SourceFile[] = [];
  for (const name of names.filter(isPayloadFile).sort()) {
    const file = join(path, name);
    const { mtimeMs } = await stat(file);
    sources.push({ path: file, receivedAt: BigInt(Math.trunc(mtimeMs)) * 1000n });
  }
  return sources;
}

/**
 * The payloads of a path, in order of file names and lines. `receivedAt` takes precedence over the times of the files. Throws if the path
 * can't be read; texts that aren't payloads are returned as unreadable.
 */
export async function* payloadsOf(
  path: string,
  io: Io,
  receivedAt: bigint | undefined,
): AsyncGenerator<FoundDelivery, void, undefined> {
  for (const source of await sourcesOf(path)) {
    const when = receivedAt ?? source.receivedAt;
    const known = { path: source.path, ...(when === undefined ? {} : { receivedAt: when }) };
    for await (const { text, line } of jsonTexts(open(source.path, io))) {
      const place = `${source.path === "-" ? "stdin" : source.path}:${line}`;
      let deliveries: GithubDelivery[] = [];
      try {
        deliveries = readDeliveries(text, known);
      } catch (error) {
        if (!(error instanceof DaybookError)) throw error;
        yield { place, unreadable: error.message };
      }
      for (const delivery of deliveries) yield { place, delivery };
    }
  }
}
