/** What the bundle compiles beforehand (code-cache.ts): the commands, with all of a server. */
export { run } from "./commands.ts";

/** Loads what a server needs, so that the build can keep what V8 compiles. */
export const loadServer = (): Promise<unknown> => import("../main.ts");
