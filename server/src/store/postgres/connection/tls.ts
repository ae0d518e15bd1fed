/** TLS to PostgreSQL, as libpq means `sslmode`: pg's own reading of it differs, and warns. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { ConnectionOptions } from "node:tls";

/** How to encrypt one attempt to connect; false: not at all. */
export type Encryption = ConnectionOptions | false;

/** The settings of TLS; `mode` is `sslmode`. */
export interface TlsSettings {
  readonly mode: string | undefined;
  readonly rootCertificate: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly password: string | undefined;
  readonly oldestVersion: string | undefined;
}

/** A file of libpq's folder in the home folder, if it is there. */
const ofHome = (name: string): string | undefined => {
  const path = join(homedir(), ".postgresql", name);
  return existsSync(path) ? path : undefined;
};

const contentOf = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : readFileSync(path, "utf8");

const isOfThisMachine = (host: string): boolean => /^(localhost|127\.[\d.]+|::1)$/.test(host);

const isNoOne = (): undefined => undefined;

function certificateOptions({ certificate, key, password, oldestVersion }: TlsSettings): ConnectionOptions {
  const options = {
    cert: contentOf(certificate ?? ofHome("postgresql.crt")),
    key: contentOf(key ?? ofHome("postgresql.key")),
    passphrase: password,
    minVersion: oldestVersion as ConnectionOptions["minVersion"],
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/**
 * The attempts for a host, in order. Without `sslmode`, TLS is preferred, as by libpq; on this machine it is used only if the server asks
 * for it. Throws an error of the file system for a certificate that can't be read.
 */
export function encryptions(host: string, settings: TlsSettings): readonly Encryption[] {
  if (host.startsWith("/")) return [false];
  const given = settings.rootCertificate ?? ofHome("root.crt");
  const isSystem = given === "system";
  const ca = isSystem ? undefined : contentOf(given);
  const authority = ca === undefined ? {} : { ca };
  const mode = settings.mode ?? (isSystem ? "verify-full" : isOfThisMachine(host) ? "allow" : "prefer");
  const unchecked = (): Encryption => ({ ...certificateOptions(settings), rejectUnauthorized: false });
  const checked = (): Encryption => ({
    ...certificateOptions(settings),
    ...authority,
    rejectUnauthorized: true,
  });
  const anyHost = (): Encryption => ({ ...checked(), checkServerIdentity: isNoOne }) as ConnectionOptions;
  switch (mode) {
    case "disable":
      return [false];
    case "allow":
      return [false, unchecked()];
    case "prefer":
      return [unchecked(), false];
    case "require":
      return [ca === undefined ? unchecked() : anyHost()];
    case "verify-ca":
      return [anyHost()];
    case "verify-full":
      return [checked()];
    default:
      return [unchecked()];
  }
}
