/** How the store compares names and addresses that must be unique: ignoring case and Unicode composition. */

/**
 * The key of a name: two texts with the same key are the same name, however they are written. The text is converted to lower case first and
 * then to upper case, because capital sharp s is its own upper case: ẞ, ß and SS are equal.
 */
export const nameKey = (text: string): string =>
  text.normalize("NFD").toLowerCase().toUpperCase().toLowerCase().normalize("NFC");

/**
 * The key of an email address, which identifies a person: only case and composition make no difference. Letters that only look or sort
 * alike stay different: ı isn't i and ß isn't ss, because these are different mailboxes and domains.
 */
export const addressKey = (address: string): string =>
  address.normalize("NFC").toLowerCase().normalize("NFC");
