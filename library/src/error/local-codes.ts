/** The errors that never cross HTTP: the client library and the commands raise them. */
export const localCodes = {
  timeout: {
    status: 0,
    title: "The server did not answer in time.",
    remedy: "Send again with the same ids, or raise the timeout.",
  },
  unreachable: {
    status: 0,
    title: "The server could not be reached.",
    remedy: "Check the address, and check that the server is running.",
  },
  "answer-unreadable": {
    status: 0,
    title: "The response did not come from a Daybook server.",
    remedy: "Check that the address belongs to a Daybook server.",
  },
  "usage-invalid": { status: 0, title: "The command is not used correctly.", remedy: "See --help." },
  "config-invalid": {
    status: 0,
    title: "The configuration is not valid.",
    remedy: "Correct the named variable.",
  },
  "backup-invalid": {
    status: 0,
    title: "The file is not a complete backup, or can't be restored with this version.",
    remedy: "Nothing was restored. Use another copy of the backup, or the version of Daybook that it names.",
  },
  "database-not-empty": {
    status: 0,
    title: "The database is not empty, and backups are restored into empty databases only.",
    remedy: "Name a new database, or a new data folder.",
  },
  "proof-invalid": {
    status: 0,
    title: "The proof is not valid.",
    remedy: "Do not trust the data. Keep it, and contact its sender.",
  },
} as const;
