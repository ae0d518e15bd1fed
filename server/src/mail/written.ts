/** A letter of plain paragraphs, as text and as HTML. Whatever is in them is text; a paragraph that is an address becomes a link. */
import type { Letter } from "./mail.ts";

interface Words {
  readonly to: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

export const letterOf = ({ to, subject, paragraphs }: Words): Letter => ({
  to,
  subject,
  text: `${paragraphs.join("\n\n")}\n`,
  html: `<!doctype html>\n<html lang="en"><body>\n${paragraphs.map(paragraph).join("\n")}\n</body></html>\n`,
});

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
