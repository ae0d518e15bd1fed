/** A reader of RFC 4180, written from the RFC and not from Daybook's writer. Throws if the text isn't such a file. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row: string[] = [];
    for (;;) {
      let field = "";
      if (text[at] === '"') {
        for (at++; ; at++) {
          if (at >= text.length) throw new Error("a quoted field does not end");
          if (text[at] !== '"') field += text[at];
          else if (text[at + 1] === '"') {
            field += '"';
            at++;
          } else break;
        }
        at++;
      } else {
        for (; at < text.length && text[at] !== "," && text[at] !== "\r" && text[at] !== "\n"; at++) {
          if (text[at] === '"') throw new Error("a quote stands in a field that is not quoted");
          field += text[at];
        }
      }
      row.push(field);
      if (text[at] !== ",") break;
      at++;
    }
    if (text.slice(at, at + 2) !== "\r\n") throw new Error(`a row does not end in CRLF at ${at}`);
    at += 2;
    rows.push(row);
  }
  return rows;
}
