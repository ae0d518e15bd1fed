/**
 * A mail of plain paragraphs, as text and as HTML. All content is text, and invisible characters of names are marked: nothing hides in a
 * mail or changes its direction. A paragraph that is an address becomes a link.
 */
import { inBrackets } from "daybook/internal";
import type { Letter } from "./mail.ts";

interface LetterTexts {
  readonly to: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

export function letterOf({ to, subject, paragraphs }: LetterTexts): Letter {
  const bracketed = paragraphs.map((text) => inBrackets(text));
  return {
    to,
    subject: inBrackets(subject),
    text: `${bracketed.join("\n\n")}\n`,
    html: `<!doctype html>\n<html lang="en" dir="ltr"><body>\n${bracketed.map(paragraph).join("\n")}\n</body></html>\n`,
  };
}

function paragraph(text: string): string {
  const inner = escaped(text);
  return /^https?:\/\/\S+$/.test(text) ? `<p><a href="${inner}">${inner}</a></p>` : `<p>${inner}</p>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);
