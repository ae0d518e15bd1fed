/** The files of the download form: the choices of all export formats, in order. The first is the default. */
import type { ExportFormat } from "../../export/formats/format.ts";
import { exportFormats } from "../../export/formats/formats.ts";

type ChoiceOfFormat = ExportFormat["choices"][number];

export interface FileChoice extends ChoiceOfFormat {
  readonly format: ExportFormat;
}

/** The choices of these formats. */
export const choicesOf = (formats: readonly ExportFormat[]): readonly [FileChoice, ...FileChoice[]] =>
  formats.flatMap((format) =>
    format.choices.map((choice) => ({ ...choice, format })),
  ) as unknown as readonly [FileChoice, ...FileChoice[]];

export const fileChoices: readonly [FileChoice, ...FileChoice[]] = choicesOf(exportFormats);

/** JSON for the script of the form: what it needs to name each file, offer it to the browser and count its events. */
export const forScript = (choices: readonly FileChoice[]): string =>
  JSON.stringify(
    choices.map(({ value, format: { extension, mediaType, lines } }) => ({
      value,
      extension,
      mediaType,
      lines,
    })),
  );
