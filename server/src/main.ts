/** Serving: the services behind HTTP, from the first log line to the last closed connection. */
import type { Writable } from "node:stream";
import { DaybookError, formatTime } from "daybook/internal";
import type { Logger } from "pino";
import { type ApiOptions, buildApp } from "./api/index.ts";
import type { Config } from "./config/index.ts";
import { Overloaded } from "./fairness/index.ts";
import { cannotListen } from "./listening.ts";
import { openLogger } from "./logger.ts";
import type { StartLog } from "./open-database.ts";
import { type OpeningOptions, type OpenServices, openServices } from "./open-services.ts";
import { paths } from "./paths.ts";
import { keepSetUpLink, removeSetUpLink } from "./secrets/index.ts";
import type { RequestServices } from "./services.ts";
import { stop } from "./stopping.ts";
import { StoreError } from "./store/contract/errors.ts";
import { openPages } from "./web/index.ts";

/** A listening server. */
export interface Server {
  /** `http://127.0.0.1:4400` */
  readonly url: string;
  readonly services: OpenServices;
  /** The file with the set-up link; undefined if an account exists. */
  readonly setUpLink: string | undefined;
  /**
   * Stops accepting requests, ends follows, completes accepted ones, and closes the database, all within `stopMs`. Returns what had to be
   * left unfinished, as a sentence.
   */
  close(): Promise<string | undefined>;
}

/** The services in the form that the routes need. */
function requestServices(services: OpenServices, logger: Logger): RequestServices {
  return { ...services, explain, logger };
}

/** Turns the store's failures into responses; writing explains its own. */
function explain(error: unknown): DaybookError | undefined {
  if (!(error instanceof StoreError)) return undefined;
  if (error.failure === "overloaded") {
    const detail = "Too many requests are waiting for the database.";
    return new Overloaded("connections", { detail, retryAfter: 2, cause: error });
  }
  const transient = ["unavailable", "unknown", "busy", "retry"].includes(error.failure);
  return new DaybookError(transient ? "store-unavailable" : "internal", {
    ...(transient ? { detail: "The database is unreachable or did not answer in time.", retryAfter: 2 } : {}),
    cause: error,
  });
}

/** The options of `serve` besides its configuration. */
export interface ServeOptions extends OpeningOptions {
  /** Gets the log lines; default: standard output. */
  readonly output?: Writable;
  /** The options of the routes besides the configuration. */
  readonly api?: ApiOptions;
  /** For tests: the cost of hashing a password, as a power of 2. */
  readonly scryptLn?: number;
}

/**
 * Opens the services and listens.
 * @throws DaybookError `config-invalid`, one clear sentence, for anything that the operator must change
 */
export async function serve(config: Config, options: ServeOptions): Promise<Server> {
  const logger = openLogger(config.logLevel, options.output);
  let url = `http://127.0.0.1:${config.port}`;
  const { limits, follows, bodyMebibytes, trustedProxies, publicUrl, gallery, frameOrigins } = config;
  const address = (): string => publicUrl ?? url;
  const { scryptLn } = options;
  const wasSetUp = (): void => removeSetUpLink(config.dataFolder);
  const services = await openServices(config, options, {
    failed: failing(logger),
    found: (organization, sentence) =>
      logger.error({ organization, finding: sentence }, "a check found a difference"),
    address,
    scryptLn,
    wasSetUp,
  });
  const app = await buildApp(requestServices(services, logger), {
    limits,
    followLimits: limits.on ? follows : undefined,
    bodyBytes: bodyMebibytes * 1024 * 1024,
    trustedProxies,
    publicUrl,
    pages: openPages({ gallery, frameOrigins }),
    ...options.api,
  });
  try {
    await app.listen({ port: config.port, host: config.host });
  } catch (error) {
    await app.close();
    await services.close();
    throw cannotListen(error, config);
  }
  const bound = app.server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : config.port;
  url = `http://${config.host.includes(":") ? `[${config.host}]` : config.host}:${port}`;
  options.notice(`Daybook listens at ${url}`);
  if (publicUrl === undefined)
    options.notice(
      "No public address is configured, so links begin with this one. If people use another address, set DAYBOOK_PUBLIC_URL.",
    );
  const setUpLink = await offerSetUp(services, { dataFolder: config.dataFolder, url: address() }, options);
  return {
    url,
    services,
    setUpLink,
    close: () => stop({ app, services, ms: config.stopSeconds * 1_000 }),
  };
}

/** Logs failures of background work. */
const failing =
  (logger: Logger) =>
  (what: string, error: unknown): void =>
    logger.warn(
      { what, cause: error instanceof Error ? error.message : error },
      "failed beside the requests",
    );

/**
 * While nobody has an account: prepares the first one. The link is in a file, whose path is returned, because printed text may be
 * collected.
 */
async function offerSetUp(
  { signIn }: OpenServices,
  { dataFolder, url }: SettingUp,
  { notice }: StartLog,
): Promise<string | undefined> {
  const offered = await signIn.offerSetUp();
  if (offered === undefined) {
    removeSetUpLink(dataFolder);
    return undefined;
  }
  const path = keepSetUpLink(dataFolder, `${url}${paths.setUp()}#${offered.code}`);
  const until = `${formatTime(offered.expiresAt).slice(0, 16)}Z`;
  notice(
    `Nobody can sign in yet. To create the first account, open the link in ${path} (until ${until}, once). Only you can read that file.`,
  );
  return path;
}

interface SettingUp {
  readonly dataFolder: string;
  readonly url: string;
}
