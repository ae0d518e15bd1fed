/** The parameters of addresses, after the `?`. They contain only ids, and no names of people. */

/** The parameters that stay on the way to another page, by name. */
export type Given = ReadonlyMap<string, readonly string[]>;

/** An address with parameters. */
export function addressOf(path: string, given: Given): string {
  let address = path;
  // a page has a hundred of them
  for (const [name, values] of given)
    for (const value of values) address += `${address === path ? "?" : "&"}${name}=${asParameter(value)}`;
  return address;
}

const asParameter = (value: string): string =>
  /^[\w:.-]*$/.test(value) ? value : encodeURIComponent(value).replaceAll("%3A", ":");

/** The parameters with one set to these values; without it if there are none. */
export function withValues(given: Given, name: string, values: readonly string[]): Given {
  const changed = new Map(given);
  if (values.length === 0) changed.delete(name);
  else changed.set(name, values);
  return changed;
}

/** With one more value, if it isn't there yet. */
export function withValue(given: Given, name: string, value: string): Given {
  const values = given.get(name) ?? [];
  return withValues(given, name, values.includes(value) ? values : [...values, value]);
}

/** Without one of the values. */
export const withoutValue = (given: Given, name: string, value: string): Given =>
  withValues(
    given,
    name,
    (given.get(name) ?? []).filter((each) => each !== value),
  );

/** The address of one type below a list. */
export const typeAddress = (path: string, name: string): string => `${path}?type=${encodeURIComponent(name)}`;
