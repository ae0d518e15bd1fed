/** Generates `library/src/catalogue/export-formats.ts`, the library's copy of the formats, from the list of formats. */
import type { ExportFormat } from "../format.ts";

const head = `/**
 * The formats of the download, for the client, the command line and the events of downloads. This file is generated
 * from \`server/src/export/formats\` (\`UPDATE_SPEC=1 npx vitest run server/src/export/formats\`); don't edit it.
 */
`;

const tail = `
/**
 * A format as requests name it.
 * @inline
 */
export interface ListedFormat {
  /** The end of the address, and the value of \`format\`. */
  readonly name: ExportFormatName;
  /** What people call it. */
  readonly title: string;
  /** The media type of the file, without parameters. */
  readonly mediaType: string;
  /** The options of the format. An option with one value is a switch. */
  readonly options: readonly {
    /** A lower-case word. */
    readonly name: string;
    /** What it may be. */
    readonly values: readonly string[];
    /** What it does, in a sentence or two. */
    readonly description: string;
  }[];
}
`;

/** The name of the interface of a format's options. */
const interfaceOf = ({ name }: ExportFormat): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1)}Options`;

const union = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(" | ");

const optionsOf = (format: ExportFormat, isUsual: boolean): string => {
  const { name, title, options } = format;
  const members = options.map(
    ({ name: option, values, description }) =>
      `  /** ${description} */\n  readonly ${option}?: ${union(values)} | undefined;\n`,
  );
  return `
/**
 * The options of a download as ${title}.
 * @inline
 */
interface ${interfaceOf(format)} {
  /** ${isUsual ? "The default." : "The format."} */
  readonly format${isUsual ? "?" : ""}: "${name}"${isUsual ? " | undefined" : ""};
${members.join("")}}
`;
};

/** The source of the file, before the formatter. */
export function librarySource(formats: readonly ExportFormat[]): string {
  const listed = formats.map(({ name, title, mediaType, options }) => ({
    name,
    title,
    mediaType,
    options: options.map(({ name: option, values, description }) => ({ name: option, values, description })),
  }));
  const types = `
/** The name of a format of the download. */
export type ExportFormatName = ${union(formats.map(({ name }) => name))};

/** A format and its options; the first is the default. */
export type FormatOptions = ${formats.map(interfaceOf).join(" | ")};
`;
  const list = `
/** All formats, in the order of the pages. */
export const exportFormats: readonly [ListedFormat, ...ListedFormat[]] = ${JSON.stringify(listed)};
`;
  return [head, ...formats.map((format, at) => optionsOf(format, at === 0)), types, tail, list].join("");
}
