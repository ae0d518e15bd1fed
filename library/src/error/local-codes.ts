/** The part of the table of errors that never crosses HTTP: what the client library and the commands raise. */
export const localCodes = {
  timeout: {
    status: 0,
    title: "No answer came in time.",
    remedy: "Send again with the same ids, or raise the timeout.",
  },
  unreachable: {
    status: 0,
    title: "The server could not be reached.",
    remedy: "Check the address, and that the server runs.",
  },
  "answer-unreadable": {
    status: 0,
    title: "The answer is not what a Daybook server sends.",
    remedy: "Check that the address is a Daybook server's.",
  },
  "usage-invalid": { status: 0, title: "The command can't be run like that.", remedy: "See --help." },
  "config-invalid": {
    status: 0,
    title: "The configuration is not valid.",
    remedy: "Correct the variable that is named.",
  },
  "backup-invalid": {
    status: 0,
    title: "The file is not a whole backup that can be restored here.",
    remedy: "Nothing was restored: use another copy of the backup, or the version of Daybook that it names.",
  },
  "database-not-empty": {
    status: 0,
    title: "A backup is restored into an empty database only.",
    remedy: "Name a new database, or a new data folder.",
  },
  "proof-invalid": {
    status: 0,
    title: "The proof does not hold.",
    remedy: "Do not trust the data; keep it and ask its sender.",
  },
} as const;
