/** Colors and plain text for a terminal. Text from events is escaped first, so that it can't control the terminal. */
import { styleText } from "node:util";
import { isOfWriting, isOrdinary, unseen } from "../shown/index.ts";
import type { Io } from "./io.ts";

/** The styles that the commands use. */
export interface Paint {
  readonly title: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly was: (text: string) => string;
  readonly now: (text: string) => string;
  readonly refused: (text: string) => string;
}

/** Uses colors if stdout is a terminal and NO_COLOR (no-color.org) is not set, or if FORCE_COLOR is set. */
export function paintFor({ stdout, env }: Pick<Io, "stdout" | "env">): Paint {
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "";
  const on = !env.NO_COLOR && (forced || (stdout.isTTY === true && env.TERM !== "dumb"));
  const style =
    (format: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      on ? styleText(format, text, { validateStream: false }) : text;
  return {
    title: style("bold"),
    quiet: style("dim"),
    was: style("red"),
    now: style("green"),
    refused: style(["bold", "red"]),
  };
}

/** Half of a surrogate pair, which no text of an event contains. */
const lone = "[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]";
const unprintable = new RegExp(`${unseen.source}|${lone}`, "gu");

/**
 * The text with every character that could control a terminal, or is invisible there, as `\u{1b}`; emoji of several characters stay whole.
 */
export const printable = (text: string): string =>
  isOrdinary(text)
    ? text
    : text.replace(unprintable, (character, at: number) =>
        isOfWriting(text, at) ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
      );
