/**
 * What a caller gives, in contrast to what the API defines: an optional member may also be undefined, which means the same as leaving it
 * out, also for applications that use exactOptionalPropertyTypes. Types only.
 */

/** `T`, with undefined allowed for its optional members. */
export type Lenient<T> = T extends readonly (infer Item)[]
  ? readonly Lenient<Item>[]
  : T extends object
    ? {
        // biome-ignore lint/complexity/noBannedTypes: the type without members is what is meant
        readonly [Name in keyof T]: {} extends Pick<T, Name>
          ? Lenient<T[Name]> | undefined
          : Lenient<T[Name]>;
      }
    : T;
