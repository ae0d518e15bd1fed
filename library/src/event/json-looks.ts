/** Recognizes texts that are not JSON: notations of other languages, forms, markup, doubly escaped texts. */

/** Faults by the text that follows or precedes. The first match is used. */
export interface JsonLook {
  readonly after?: RegExp;
  readonly like: RegExp;
  readonly what: string;
  readonly remedy: string;
}

/** The text before the first character that matters. */
const start = /^\s*$/;
/** The remedy for missing quotes. */
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
    remedy: "Send the JSON itself, not escaped again.",
  },
  {
    after: /[}\]\s]$|^$/,
    like: /^\0/,
    what: "there is a NUL character",
    remedy: "Send the text alone, without the NUL that ends strings in C.",
  },
];
