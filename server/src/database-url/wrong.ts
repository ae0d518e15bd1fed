/** What is wrong with DATABASE_URL: the rest of a sentence that begins with its name, without its values. */
export class DatabaseUrlError extends Error {}

/** The forms of DATABASE_URL. */
const forms =
  "must be like postgresql://user:password@host:5432/database or host=… dbname=… user=… (in the password of a URL, write @ as %40, / as %2F, % as %25)";

export const malformed = (): DatabaseUrlError => new DatabaseUrlError(forms);
