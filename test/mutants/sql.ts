/** Small changes of SQL: a dropped condition, a reversed comparison or order, a missing lock. Stryker supports only TypeScript. */

interface SqlChange {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly by: string;
}

/** An expression up to what ends a condition, without parentheses of its own. */
const condition = /[^()`;]*?(?=\s+(?:AND|OR|ORDER|GROUP|LIMIT|FOR|RETURNING|ON|UNION)\b|\)|`|"|$)/.source;

const changes: readonly SqlChange[] = [
  { kind: "SqlCondition", pattern: new RegExp(`\\s+AND\\s+(?!\\()${condition}`, "g"), by: "" },
  { kind: "SqlAndOr", pattern: /\bAND\b/g, by: "OR" },
  { kind: "SqlComparison", pattern: / < /g, by: " <= " },
  { kind: "SqlComparison", pattern: / <= /g, by: " < " },
  { kind: "SqlComparison", pattern: / > /g, by: " >= " },
  { kind: "SqlComparison", pattern: / >= /g, by: " > " },
  { kind: "SqlNull", pattern: /\bIS NULL\b/g, by: "IS NOT NULL" },
  { kind: "SqlNull", pattern: /\bIS NOT NULL\b/g, by: "IS NULL" },
  { kind: "SqlOrder", pattern: /\bDESC\b/g, by: "ASC" },
  { kind: "SqlOrder", pattern: /\bASC\b/g, by: "DESC" },
  { kind: "SqlOrder", pattern: /\s+ORDER BY [\w.]+(?: ASC| DESC)?(?:, [\w.]+(?: ASC| DESC)?)*/g, by: "" },
  { kind: "SqlLock", pattern: /\s+FOR (?:NO KEY )?(?:UPDATE|SHARE|KEY SHARE)(?: OF \w+)?/g, by: "" },
  { kind: "SqlConflict", pattern: /\s+ON CONFLICT\b[^`"]*?DO NOTHING/g, by: "" },
  { kind: "SqlDistinct", pattern: /\bDISTINCT\b /g, by: "" },
  { kind: "SqlLeftJoin", pattern: /\bLEFT JOIN\b/g, by: "JOIN" },
  { kind: "SqlArithmetic", pattern: / \+ 1\b/g, by: " + 2" },
];

/** Whether a literal, as it stands in a source, is a piece of SQL. */
export const isSql = (literal: string): boolean =>
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WHERE|JOIN|ORDER BY|LIMIT|VALUES|RETURNING|FOR UPDATE)\b/.test(
    literal,
  );

/** Every small change of a literal, in the order of the list, then of the places. */
export function sqlChanges(literal: string): { kind: string; text: string }[] {
  return changes.flatMap(({ kind, pattern, by }) =>
    [...literal.matchAll(pattern)].map((match) => ({
      kind,
      text: literal.slice(0, match.index) + by + literal.slice(match.index + match[0].length),
    })),
  );
}
