/**
 * The few files that browsers load: built in advance, kept in memory with their compressed forms, and served under names that change with
 * their content.
 */
import { existsSync, readFileSync } from "node:fs";
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { inPackage } from "../../files/index.ts";
import { paths } from "../../paths.ts";

const folder = inPackage("dist/assets/");

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
}

/** The addresses of the files by name, such as `app.css`. */
export interface Assets {
  readonly css: string;
  /** The second style sheet, of what the script of lists adds. */
  readonly listCss: string;
  readonly js: string;
  readonly mark: string;
  /** The text of the style sheet. */
  readonly sheet: string;
}

/** The files of the build. Throws Error if there is no build. */
function read(): { addresses: Assets; files: ReadonlyMap<string, Asset> } {
  const manifest = new URL("manifest.json", folder);
  if (!existsSync(manifest))
    throw new Error("The style sheet and script of the pages are not built: run 'npm run build'.");
  const { files: names } = JSON.parse(readFileSync(manifest, "utf8")) as { files: Record<string, string> };
  const files = new Map<string, Asset>();
  for (const file of Object.values(names)) {
    const bytes = (suffix: string): Buffer => readFileSync(new URL(file + suffix, folder));
    const type = types[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    files.set(file, { type, plain: bytes(""), br: bytes(".br"), gzip: bytes(".gz") });
  }
  const address = (name: string): string => paths.asset({ file: names[name] ?? "" });
  const sheet = files.get(names["app.css"] ?? "")?.plain.toString() ?? "";
  return {
    addresses: {
      css: address("app.css"),
      listCss: address("list.css"),
      js: address("app.js"),
      mark: address("mark.svg"),
      sheet,
    },
    files,
  };
}

/** The compression for a request; undefined for none. */
export function encodingFor({ headers }: Pick<FastifyRequest, "headers">): "br" | "gzip" | undefined {
  const accepted = String(headers["accept-encoding"] ?? "")
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .filter((each) => !/;\s*q=0(\.0*)?$/.test(each))
    .map((each) => each.split(";")[0]?.trim());
  return accepted.includes("br") ? "br" : accepted.includes("gzip") ? "gzip" : undefined;
}

/** Serves the files; returns their addresses. */
export function addAssets(app: FastifyInstance): Assets {
  const { addresses, files } = read();
  const config = { action: "service:read", kinds: [] } as const;
  app.get(paths.asset.route, { config, schema: { hide: true } }, async (request, reply) => {
    const asset = files.get((request.params as { file: string }).file);
    if (asset === undefined) throw new DaybookError("route-not-found");
    const encoding = encodingFor(request);
    reply
      .header("content-type", asset.type)
      .header("cache-control", "public, max-age=31536000, immutable")
      .header("vary", "Accept-Encoding");
    if (encoding !== undefined) reply.header("content-encoding", encoding);
    return reply.send(asset[encoding ?? "plain"]);
  });
  return addresses;
}
