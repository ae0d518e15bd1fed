/** The configuration files of the embedded PostgreSQL, as text. */
import { join } from "node:path";

/**
 * `postgresql.conf`, rewritten at every start. It states PostgreSQL's own defaults (fsync, full_page_writes, synchronous_commit: an
 * acknowledged event is on the disk), sizes it for a small machine that also runs Daybook, and keeps statements and their values out of its
 * log, which erasure doesn't reach. The socket is the only way to connect; there is no TCP. `hasOwn`: whether the operator's `local.conf`
 * exists, which overrides the rest.
 */
export const settings = (
  folder: string,
  hasOwn: boolean,
): string => `# Written by Daybook at every start; your own go into local.conf.
hba_file = ${literal(join(folder, "pg_hba.conf"))}
ident_file = ${literal(join(folder, "pg_ident.conf"))}
listen_addresses = ''
fsync = on
full_page_writes = on
synchronous_commit = on
max_connections = 80
shared_buffers = 128MB
huge_pages = off              # a cgroup may allow none where the machine has some: SIGBUS
work_mem = 8MB
maintenance_work_mem = 128MB
max_wal_size = 1GB
min_wal_size = 80MB
checkpoint_timeout = 15min
wal_compression = off         # these binaries have pglz alone, which costs the writer more than the disk gains
random_page_cost = 1.1
jit = off
autovacuum_vacuum_insert_scale_factor = 0.05
default_text_search_config = 'pg_catalog.english'
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
log_checkpoints = off
${hasOwn ? "include 'local.conf'\n" : ""}`;

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** `pg_hba.conf`: only the socket, and only users of the operating system in the map; there is no password. */
export const hostBasedAccess = "local all all peer map=daybook\n";

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** `pg_ident.conf`: these users of the operating system can be the superuser `postgres` and the owner `daybook`. */
export const identities = (users: readonly string[]): string =>
  [...new Set(users)]
    .flatMap((user) => ["postgres", "daybook"].map((role) => `daybook ${quoted(user)} ${role}\n`))
    .join("");

/**
 * Settings that no file can override: no TCP, the one socket folder, the port in the socket's name. They are arguments of `postgres`.
 * `socketFolder` is quoted because the setting is a list.
 */
export const fixedSettings = (socketFolder: string, port: number): string[] =>
  [
    "listen_addresses=",
    `unix_socket_directories=${quoted(socketFolder)}`,
    "unix_socket_permissions=0700",
    `port=${port}`,
    "logging_collector=off",
    "log_destination=stderr",
  ].flatMap((setting) => ["-c", setting]);

/** SQL of the first start, one statement a line: the owner of Daybook's database is not a superuser, and makes no roles. */
export const firstStatements = `CREATE ROLE daybook LOGIN;
CREATE DATABASE daybook OWNER daybook;
`;

/** The roles with which Daybook works: the runtime role, and the one that reads within one organization. */
export const roleNames: readonly string[] = ["daybook_runtime", "daybook_reader"];
