/** Values written into a statement, for the statements that take no parameters (COPY). */
import pg from "pg";

/**
 * A value as a literal whose type PostgreSQL takes from its place, like that of a parameter: a text, a number, or a list of texts.
 * @throws RangeError for what a statement can't contain
 */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `ARRAY[${value.map(literal).join(", ")}]::text[]`;
  if (typeof value === "number" || typeof value === "bigint") return `'${value}'`;
  // it would end the statement
  if (typeof value !== "string" || value.includes("\0")) throw new RangeError("Not the value of a literal.");
  return pg.escapeLiteral(value);
}
