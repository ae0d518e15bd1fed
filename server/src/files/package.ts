/** Files that the package brings beside its code: style sheets, migrations, its version. */

/** The address of a file or folder of the server's package, by its path there. Sources, compiled files and the bundle lie equally deep. */
export const inPackage = (path: string): URL => new URL(`../../${path}`, import.meta.url);
