/**
 * The tables for hiding secrets, by number (spec/hiding.md, section 5). Every number stays permanently: a repeat is
 * settled by the rules of the first event.
 */
import { NameKinds, secretNames1 } from "./secret-names.ts";
import { tokens1 } from "./token-table.ts";
import { TokenFinder } from "./tokens.ts";

/** The rules for hiding. */
export interface Rules {
  /** From 1. If it is over 1, the slot `rules` has it. */
  readonly number: number;
  readonly names: Pick<NameKinds, "of" | "isSecret">;
  readonly tokens: Pick<TokenFinder, "hide">;
}

/** All rules so far, by number; the last is the newest. */
export const allRules: readonly Rules[] = [
  { number: 1, names: new NameKinds(secretNames1), tokens: new TokenFinder(tokens1) },
];

/** The rules for new events. */
export const newestRules: Rules = allRules.at(-1)!;

/**
 * A text with `[token …]` in place of each token of a well-known issuer. Rows that store what people enter use it, so
 * that they have the same text as their events.
 */
export const hideTokens = (text: string): string => newestRules.tokens.hide(text);
