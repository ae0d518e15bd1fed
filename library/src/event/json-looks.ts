/** What whole texts look like that never were JSON, or no longer are: other languages' notations, forms, markup, escapes upon escapes. */

/** A fault by what the text goes on with, or by what stands before. The first that fits is said. */
export interface JsonLook {
  readonly after?: RegExp;
  readonly like: RegExp;
  readonly what: string;
  readonly remedy: string;
}

/** Before the first character that counts. */
const start = /^\s*$/;
/** What to do where quotes are missing. */
export const quoted: string =
  "Write names and strings in double quotes. Some shells take them away: send a file, as curl --data-binary @event.json does.";
const byLibrary =
  "Send what a JSON library writes, such as to_json or json_encode, not the text of the object.";

export const looksOfWholes: readonly JsonLook[] = [
  {
    like: /^(:\w+\s*)?=>/,
    what: "there is =>, as Ruby and PHP write",
    remedy: byLibrary,
  },
  {
    after: start,
    like: /^\w+=/,
    what: "there is a form",
    remedy: "Send the JSON alone, without a name and = before it.",
  },
  {
    like: /^[A-Za-z_]\w*=/,
    what: "there is = where JSON has a colon, as Java writes maps",
    remedy: byLibrary,
  },
  {
    like: /^[A-Za-z_$][\w$]*\s*:/,
    what: "there is a name without quotes",
    remedy: quoted,
  },
  {
    after: start,
    like: /^%(7B|5B|22)/i,
    what: "the JSON is percent-encoded, as forms are",
    remedy: "Send it as it is, as curl --data-binary does, and not --data-urlencode.",
  },
  {
    like: /^&(quot|#34|#x22|amp|lt);/i,
    what: "there are escapes of HTML",
    remedy: "Send the JSON as it is, without escapes of HTML.",
  },
  {
    after: start,
    like: /^</,
    what: "there is markup, such as HTML or XML",
    remedy: "Send JSON: look at what the program really read or wrote.",
  },
  {
    like: /^[\u2018-\u201f\u00ab\u00bb]/,
    what: "there is a typographic quote",
    remedy: 'Write the plain double quote, ".',
  },
  {
    like: /^\\+"/,
    what: "there is a backslash before a quote",
    remedy: "Send the JSON itself, not escaped once more.",
  },
  {
    after: /[}\]\s]$|^$/,
    like: /^\0/,
    what: "there is a NUL character",
    remedy: "Send the text alone, without the NUL that ends strings in C.",
  },
];
