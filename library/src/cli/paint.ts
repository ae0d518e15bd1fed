/** Colour and plain text for a terminal. What comes from an event is made harmless first: it must not steer the terminal. */
import { styleText } from "node:util";
import type { Io } from "./io.ts";

/** The few styles that the commands use. */
export interface Paint {
  readonly title: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly was: (text: string) => string;
  readonly now: (text: string) => string;
  readonly refused: (text: string) => string;
}

/** Colours if stdout is a terminal and NO_COLOR (no-color.org) is not set; FORCE_COLOR wins over the first. */
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

/** Controls (C0, DEL, C1), line separators, and characters that turn the direction of writing or have no width. */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with everything that would steer a terminal, or hide in it, written as `\u{1b}`. */
export const printable = (text: string): string =>
  text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
