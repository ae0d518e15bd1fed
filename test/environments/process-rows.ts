/** Rows about what is around the process: a proxy in front of it, and another process on the same database. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, startServer } from "../support/server-process.ts";
import { startSecureNginx } from "./nginx.ts";
import type { Environment } from "./round.ts";
import { type EnvironmentGroup, type EnvironmentRow, plain, type RowDatabase } from "./row.ts";

const proxied =
  (path: string) =>
  async (database: RowDatabase): Promise<Environment> => {
    const port = await freePort();
    const nginx = await startSecureNginx(database.server, port, path);
    database.cleanUps.push(() => nginx.stop());
    return {
      ...plain()(database),
      port,
      env: { DAYBOOK_PUBLIC_URL: nginx.url, DAYBOOK_TRUSTED_PROXIES: "1" },
      proxy: { url: nginx.url, authority: database.server.authority },
    };
  };

/** Another process serves the same database, with a data folder and a key of its own. */
async function besideAnother(database: RowDatabase): Promise<Environment> {
  const environment = plain()(database);
  const dataFolder = mkdtempSync(join(tmpdir(), "daybook-environment-"));
  const other = await startServer({ ...environment, dataFolder });
  database.cleanUps.push(async () => {
    await other.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return environment;
}

const rows: readonly EnvironmentRow[] = [
  { name: "nginx with TLS and HTTP/2 in front", make: proxied("") },
  { name: "nginx in front, which removes a path (`https://localhost/audit`)", make: proxied("/audit") },
  { name: "beside another process on the same database", make: besideAnother },
];

/** Proxies and other processes. */
export const processes: EnvironmentGroup = {
  title: "Proxies and other processes",
  about: "Behind HTTPS",
  rows,
};
