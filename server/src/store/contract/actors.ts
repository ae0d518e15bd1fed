/** Who changed a row, as a snapshot in the row. */

/** Who did it, as stored in a row: a snapshot. */
export interface By {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}
