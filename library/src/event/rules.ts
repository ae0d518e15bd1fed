/**
 * The tables by which secrets are hidden, under their number (spec/hiding.md, section 5). Every number stays
 * for ever: an event that is sent again is settled by the rules that it was recorded with.
 */
import { NameKinds, secretNames1 } from "./secret-names.ts";
import { tokens1 } from "./token-table.ts";
import { TokenFinder } from "./tokens.ts";

/** What hiding goes by. */
export interface Rules {
  /** From 1. The slot `rules` has it where it is over 1. */
  readonly number: number;
  readonly names: Pick<NameKinds, "of" | "isSecret">;
  readonly tokens: Pick<TokenFinder, "hide">;
}

/** All rules that there have been, by number; the last is the newest. */
export const allRules: readonly Rules[] = [
  { number: 1, names: new NameKinds(secretNames1), tokens: new TokenFinder(tokens1) },
];

/** The rules for events that are recorded now. */
export const newestRules: Rules = allRules.at(-1)!;

/**
 * A text with `[token …]` in place of each token of a well-known issuer: for what rows keep of what somebody typed, so that
 * they say the same as the events about them.
 */
export const hideTokens = (text: string): string => newestRules.tokens.hide(text);
