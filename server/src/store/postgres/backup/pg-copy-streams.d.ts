/** The part of pg-copy-streams that Daybook uses; the package publishes no types. */
declare module "pg-copy-streams" {
  import type { Readable, Writable } from "node:stream";
  import type { Submittable } from "pg";

  /** COPY … TO STDOUT as a stream of its rows. */
  export function to(text: string): Readable & Submittable;
  /** COPY … FROM STDIN as a stream that accepts its rows. */
  export function from(text: string): Writable & Submittable & { readonly rowCount: number };
}
