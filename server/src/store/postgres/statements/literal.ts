/** Values written into a statement, for the statements that take no parameters (COPY). */
import pg from "pg";
import { StoreError } from "../../contract/errors.ts";

/**
 * A value as a literal whose type PostgreSQL takes from its place, like that of a parameter: a text, a number, or a list of texts.
 * @throws StoreError `refused` for a text with U+0000
 */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(", ")}]::text[]`;
  if (typeof value === "number" || typeof value === "bigint") return `'${value}'`;
  if (typeof value !== "string") throw new RangeError("Not the value of a literal.");
  // it would end the statement; as a parameter, the server refuses it too
  if (value.includes("\0")) throw new StoreError("refused", "No text has U+0000.");
  return pg.escapeLiteral(value);
}
