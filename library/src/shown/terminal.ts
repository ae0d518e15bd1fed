/**
 * Makes JSON and other texts for programs safe on a terminal: nothing in them can control the terminal or change the
 * text direction. JSON keeps its value. All functions are pure.
 */

/** Controls other than tab and the ends of lines, line separators, and marks of direction. */
const steering =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\r(?!\n|$)/g;

/** The text with each character that could control a terminal as `\u001b`. */
export const forTerminal = (text: string): string =>
  text.replace(steering, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
