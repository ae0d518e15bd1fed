/** The files that the download form offers: the choices of all export formats, in order. The first is chosen until another is. */
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

/** What the script of the form knows of each file, to name it, to offer it to the browser and to count its events; JSON. */
export const forScript = (choices: readonly FileChoice[]): string =>
  JSON.stringify(
    choices.map(({ value, format: { extension, mediaType, lines } }) => ({
      value,
      extension,
      mediaType,
      lines,
    })),
  );
