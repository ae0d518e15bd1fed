/** Rows about the forms of DATABASE_URL. */
import { type EnvironmentGroup, type EnvironmentRow, password, plain, secret, tcp } from "./row.ts";

const rows: readonly EnvironmentRow[] = [
  {
    name: "`PGPASSWORD`",
    make: ({ server, name, owner }) => ({
      databaseUrl: `postgresql://${owner}@localhost:${server.port}/${name}`,
      env: { PGPASSWORD: password },
    }),
  },
  {
    name: "parameters of other clients: `channel_binding`, `target_session_attrs`, `pgbouncer`, `schema`",
    make: plain(
      "sslmode=require&channel_binding=require&target_session_attrs=read-write&pgbouncer=true&schema=public&connect_timeout=5",
    ),
  },
  {
    name: "a password with special characters, not encoded",
    make: ({ server, name, owner }) => ({
      databaseUrl: `postgresql://${owner}:${password}@localhost:${server.port}/${name}`,
    }),
    refused: /write @ as %40/,
  },
  {
    name: "a socket as the host",
    make: (database) => ({
      databaseUrl: tcp(database, "", encodeURIComponent(database.server.socketFolder)),
    }),
  },
  {
    name: "a socket in the query: `postgresql://u:p@/db?host=…&port=…`",
    make: ({ server, name, owner }) => ({
      databaseUrl: `postgresql://${owner}:${secret}@/${name}?host=${server.socketFolder}&port=${server.port}`,
    }),
  },
  {
    name: "several hosts, of which one answers",
    make: (database) => ({ databaseUrl: tcp(database).replace("@localhost", "@127.0.0.1:1,localhost") }),
  },
  {
    name: "pairs: `host=… dbname=…`",
    make: ({ server, name, owner }) => ({
      databaseUrl: `host=localhost port=${server.port} dbname=${name} user=${owner} password='${password}'`,
    }),
  },
];

/** Addresses. */
export const addresses: EnvironmentGroup = {
  title: "The form of the address",
  about: "The address of the database",
  rows,
};
