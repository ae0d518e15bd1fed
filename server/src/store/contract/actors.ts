/** Who changed a row, as a snapshot that stands beside the row. */

/** Who did it, as it is kept beside a row: a snapshot. */
export interface By {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}
