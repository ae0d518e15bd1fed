/** Rows about TLS between Daybook and PostgreSQL, whose certificate is by a private authority, for `localhost`. */
import { type EnvironmentGroup, type EnvironmentRow, plain } from "./row.ts";

const rows: readonly EnvironmentRow[] = [
  { name: "`sslmode=disable`", make: plain("sslmode=disable") },
  { name: "`sslmode=no-verify`", make: plain("sslmode=no-verify") },
  { name: "`sslmode=prefer`", make: plain("sslmode=prefer") },
  { name: "`sslmode=require`", make: plain("sslmode=require") },
  { name: "`ssl=true`", make: plain("ssl=true") },
  {
    name: "`sslmode=verify-ca&sslrootcert=FILE`, by address",
    make: plain("sslmode=verify-ca&sslrootcert=CA", "127.0.0.1"),
  },
  { name: "`sslmode=verify-full&sslrootcert=FILE`", make: plain("sslmode=verify-full&sslrootcert=CA") },
  {
    name: "`sslmode=verify-full` without the file",
    make: plain("sslmode=verify-full"),
    refused: /authority of the server's certificate is not known.*sslrootcert=FILE/,
  },
  {
    name: "`PGSSLMODE=verify-full PGSSLROOTCERT=FILE`",
    make: (database) => ({
      ...plain()(database),
      env: { PGSSLMODE: "verify-full", PGSSLROOTCERT: database.server.authority },
    }),
  },
  {
    name: "`NODE_EXTRA_CA_CERTS=FILE`, `sslmode=verify-full`",
    make: (database) => ({
      ...plain("sslmode=verify-full")(database),
      env: { NODE_EXTRA_CA_CERTS: database.server.authority },
    }),
  },
];

/** TLS. */
export const tls: EnvironmentGroup = {
  title: "TLS",
  about: "The address of the database",
  rows,
};
