/** Reads a URI of libpq: `postgresql://[user[:password]@][host[:port]][,…][/database][?keyword=value&…]`. */
import { malformed } from "./wrong.ts";

/** Percent-decodes as libpq does: `+` stays. */
function decoded(text: string): string {
  try {
    const value = decodeURIComponent(text);
    if (!value.includes("\0")) return value;
  } catch {}
  throw malformed();
}

/** `host:port`, `[::1]:port`, `%2Fsocket%2Ffolder`; both parts can be empty. */
function hostAndPort(text: string): [host: string, port: string] {
  const parts = /^(?:\[([^\]]+)\]|([^[\]:]*))(?::([^:]*))?$/.exec(text);
  if (parts === null) throw malformed();
  const port = decoded(parts[3] ?? "");
  if (!/^\d*$/.test(port)) throw malformed();
  return [decoded(parts[1] ?? parts[2] ?? ""), port];
}

/** The first place of one of these characters, or the end. */
const endAt = (text: string, characters: RegExp): number => {
  const at = text.search(characters);
  return at === -1 ? text.length : at;
};

/** The keywords of a URI. */
export function readUri(uri: string): Map<string, string> {
  let rest = uri.slice(uri.indexOf("//") + 2);
  const found = new Map<string, string>();
  const userEnd = endAt(rest, /[@/]/);
  if (rest[userEnd] === "@") {
    const [, user, , password] = /^([^:]*)(:(.*))?$/s.exec(rest.slice(0, userEnd))!;
    found.set("user", decoded(user!));
    if (password !== undefined) found.set("password", decoded(password));
    rest = rest.slice(userEnd + 1);
  }
  const hostsEnd = endAt(rest, /[/?]/);
  const places = rest.slice(0, hostsEnd).split(",").map(hostAndPort);
  if (hostsEnd > 0) {
    found.set("host", places.map(([host]) => host).join(","));
    if (places.some(([, port]) => port !== "")) found.set("port", places.map(([, port]) => port).join(","));
  }
  const [path, query] = splitOnce(rest.slice(hostsEnd), "?");
  if (path.length > 1) found.set("dbname", decoded(path.slice(1)));
  for (const pair of query === undefined || query === "" ? [] : query.split("&")) {
    const [keyword, value] = splitOnce(pair, "=");
    if (value === undefined) throw malformed();
    found.set(decoded(keyword), decoded(value));
  }
  return found;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
