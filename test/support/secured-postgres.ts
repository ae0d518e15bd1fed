/**
 * A PostgreSQL that asks for passwords and has TLS by an authority of its own, on a port of 127.0.0.1: the server that operators have. Its
 * certificate is for `localhost`. The user `tls_only` may connect with TLS alone.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "./server-process.ts";
import { type SystemServerOptions, startSystemPostgres } from "./system-postgres.ts";
import type { TestServer } from "./test-server.ts";

export interface SecuredServer {
  /** Reaches it over its socket, without a password; `%` stands for the database. */
  readonly superuser: string;
  /** The folder of the socket. */
  readonly socketFolder: string;
  readonly port: number;
  /** The file with the authority's certificate. */
  readonly authority: string;
  stop(): Promise<void>;
}

const hostBasedAccess = `local all postgres trust
local all all scram-sha-256
hostssl all tls_only 127.0.0.1/32 scram-sha-256
host all tls_only 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
`;

/** Makes an authority, and a key and a certificate for `localhost` by it. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void => {
    execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  };
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost");
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.crt",
    "-days",
    "2",
    "-subj",
    "/CN=Test CA",
  );
  openssl("req", ...key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost");
  const issuer = ["-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"];
  openssl(
    "x509",
    "-req",
    "-in",
    "server.csr",
    ...issuer,
    "-days",
    "2",
    "-extfile",
    "names",
    "-out",
    "server.crt",
  );
}

/** Starts one from the programs in `bin`, in a folder of its own within `folder`, which its account must reach. */
export async function startSecuredPostgres(
  bin: string,
  folder: string,
  options: Pick<SystemServerOptions, "libraryPath"> = {},
): Promise<SecuredServer> {
  const port = await freePort();
  const authority = join(folder, "ca.crt");
  const server: TestServer & { stop: () => Promise<void> } = await startSystemPostgres(bin, folder, {
    ...options,
    port,
    prepare: (own) => {
      makeCertificates(own);
      writeFileSync(join(own, "hba"), hostBasedAccess);
      execFileSync("cp", [join(own, "ca.crt"), authority]);
    },
    settings: (own) => [
      "listen_addresses=127.0.0.1",
      `port=${port}`,
      `hba_file=${join(own, "hba")}`,
      "ssl=on",
      `ssl_cert_file=${join(own, "server.crt")}`,
      `ssl_key_file=${join(own, "server.key")}`,
    ],
  });
  return {
    superuser: server.superuser,
    socketFolder: join(folder, "server"),
    port,
    authority,
    stop: () => server.stop(),
  };
}
