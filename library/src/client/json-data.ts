/** What becomes of `data` of custom types on the way through JSON. Types only. */

/** No value has this type: TypeScript's error then says why. */
interface NotJson {
  readonly "JSON can't represent this type.": never;
}

type Unwritable = bigint | symbol | ((...values: never) => unknown);
type IsAny<T> = 0 extends 1 & T ? true : false;

/** `T` as it is read back: a Date, or what else has toJSON, as what that returns. */
export type AsRead<T> =
  IsAny<T> extends true
    ? T
    : T extends Unwritable
      ? NotJson
      : T extends { toJSON(...values: never): infer Written }
        ? AsRead<Written>
        : T extends object
          ? { [Name in keyof T]: AsRead<T[Name]> }
          : T;

/** `T` as it is recorded: as it is, or as it is read back. An optional member may also be undefined. */
export type AsGiven<T> =
  IsAny<T> extends true
    ? T
    : T extends Unwritable
      ? NotJson
      : T extends { toJSON(...values: never): infer Written }
        ? T | AsRead<Written>
        : T extends object
          ? {
              // biome-ignore lint/complexity/noBannedTypes: the type without members is what is meant
              readonly [Name in keyof T]: {} extends Pick<T, Name>
                ? AsGiven<T[Name]> | undefined
                : AsGiven<T[Name]>;
            }
          : T;
