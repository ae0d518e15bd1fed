/** The name that a misspelt one probably means. */
import { distance } from "fastest-levenshtein";

/** A part of a name, in characters, that one wrong character may stand for; at most three are wrong. */
const perWrong = 4;
const mostWrong = 3;

/** The most similar of some names, whatever their case; undefined if none is similar. */
export function mostSimilar(name: string, names: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.min(mostWrong, Math.floor(wanted.length / perWrong)) + 1;
  for (const each of names) {
    const wrong = distance(wanted, each.toLowerCase());
    if (wrong < least) [best, least] = [each, wrong];
  }
  return best;
}
