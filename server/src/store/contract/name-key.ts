/** How the store compares what must be unique among people's words: whatever the case and the Unicode composition. */

/**
 * The key of a name: two texts with the same key are the same name, however they are written. Lower case comes first
 * too, because capital sharp s is its own upper case: ẞ, ß and SS are one.
 */
export const nameKey = (text: string): string =>
  text.normalize("NFD").toLowerCase().toUpperCase().toLowerCase().normalize("NFC");

/**
 * The key of an email address, which says who somebody is: lower case and composition alone make no difference. Letters that only
 * look or sort alike are others': ı is no i and ß no ss, for these are other mailboxes, and other domains.
 */
export const addressKey = (address: string): string =>
  address.normalize("NFC").toLowerCase().normalize("NFC");
