/** Names in the notation of programs as words, in the same way wherever people see them or search for them. */

/** `api_client` as "API client", `bankAccount` as "Bank account". */
export function inWords(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_.-]+/g, " ")
    .toLowerCase()
    .replaceAll(/\bapi(s?)\b/g, "API$1")
    .replaceAll(/\b(id|ip|url)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}
