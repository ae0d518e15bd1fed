/** Names in a mail: nothing in them hides, changes the direction or becomes markup. */
import { expect, test } from "vitest";
import { letterOf } from "./written.ts";

test("what can't be seen of a name is named, in the subject and in both forms of the text", () => {
  const { subject, text, html } = letterOf({
    to: "bob@example.org",
    subject: "Invitation to Acme\u202egpj",
    paragraphs: ["Anne\u200b <b>Wilson\r\nBcc: x@example.org", "https://log.example.org/invitation#x"],
  });
  expect(subject).toBe("Invitation to Acme[right-to-left override]gpj");
  for (const part of [text, html]) {
    expect(part).toContain("Anne[zero-width space] ");
    expect(part).toContain("Wilson[carriage return + line feed]Bcc");
  }
  expect(html).toContain("&lt;b&gt;");
  expect(html).toContain('<a href="https://log.example.org/invitation#x">');
});

test("names of any language stay as they are", () => {
  const { subject } = letterOf({
    to: "a@example.org",
    subject: "Invitation to שלום 東京 Zürich",
    paragraphs: [],
  });
  expect(subject).toBe("Invitation to שלום 東京 Zürich");
});
