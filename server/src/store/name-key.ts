/** How the store compares what must be unique among people's words: whatever the case and the Unicode composition. */

/**
 * The key of a name or an address: two texts with the same key are the same name, however they are written. Lower case comes first
 * too, because capital sharp s is its own upper case: ẞ, ß and SS are one.
 */
export const nameKey = (text: string): string =>
  text.normalize("NFD").toLowerCase().toUpperCase().toLowerCase().normalize("NFC");
