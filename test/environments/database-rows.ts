/** Rows about schemas, encodings, collations, and settings that the user or the database has. */
import { after, type EnvironmentGroup, type EnvironmentRow, plain } from "./row.ts";

const rows: readonly EnvironmentRow[] = [
  {
    name: "`options=-c search_path=audit`",
    make: async (database) => {
      await database.run(`CREATE SCHEMA audit AUTHORIZATION ${database.owner}`);
      return plain(`options=${encodeURIComponent("-c search_path=audit")}`)(database);
    },
  },
  {
    name: "a search path with a quoted name",
    make: after(
      'CREATE SCHEMA "my schema" AUTHORIZATION OWNER',
      'ALTER ROLE OWNER SET search_path = "my schema"',
    ),
  },
  {
    name: "a search path of schemas that don't exist",
    make: after("ALTER ROLE OWNER SET search_path = nowhere"),
    refused: /names no schema.*Create the schema/,
  },
  {
    name: "encoding LATIN1",
    database: "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
    make: plain(),
    refused: /encoding UTF8.*ENCODING 'UTF8' TEMPLATE template0/,
  },
  {
    name: "encoding SQL_ASCII",
    database: "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0",
    make: plain(),
    refused: /encoding UTF8.*ENCODING 'UTF8'/,
  },
  { name: "collation C", database: "ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0", make: plain() },
  {
    name: "collation ICU tr-TR",
    database: "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C.UTF-8' TEMPLATE template0",
    make: plain(),
  },
  {
    name: "a user with serializable transactions and short time-outs",
    make: after(
      "ALTER ROLE OWNER SET default_transaction_isolation = 'serializable'",
      "ALTER ROLE OWNER SET statement_timeout = '300ms'",
      "ALTER ROLE OWNER SET lock_timeout = '50ms'",
      "ALTER ROLE OWNER SET idle_in_transaction_session_timeout = '200ms'",
    ),
  },
  {
    name: "a user with other time zones, formats and encodings, read only",
    make: after(
      "ALTER ROLE OWNER SET TimeZone = 'Asia/Kathmandu'",
      "ALTER ROLE OWNER SET DateStyle = 'SQL, DMY'",
      "ALTER ROLE OWNER SET IntervalStyle = 'iso_8601'",
      "ALTER ROLE OWNER SET bytea_output = 'escape'",
      "ALTER ROLE OWNER SET extra_float_digits = -3",
      "ALTER ROLE OWNER SET standard_conforming_strings = off",
      "ALTER ROLE OWNER SET client_encoding = 'LATIN1'",
      "ALTER ROLE OWNER SET default_transaction_read_only = on",
      "ALTER ROLE OWNER SET synchronous_commit = off",
      "ALTER ROLE OWNER SET transform_null_equals = on",
      "ALTER ROLE OWNER SET plan_cache_mode = force_generic_plan",
    ),
  },
  { name: "a user with `row_security = off`", make: after("ALTER ROLE OWNER SET row_security = off") },
  {
    name: "no such database",
    make: (database) => plain()({ ...database, name: "nowhere" }),
    refused: /there is no such database.*CREATE DATABASE nowhere OWNER app/,
  },
  {
    name: "a user with no connection left (`CONNECTION LIMIT`)",
    make: after("ALTER ROLE OWNER CONNECTION LIMIT 0"),
    refused: /no connection left.*CONNECTION LIMIT of the user/,
  },
];

/** Databases and settings. */
export const databases: EnvironmentGroup = {
  title: "Databases and settings of the user",
  about: "Where things are",
  rows,
};
