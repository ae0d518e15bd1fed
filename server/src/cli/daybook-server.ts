/** The command `daybook-server`. A server starts again with more room for garbage before it loads anything else. */
import { compiledCommands } from "./code-cache.ts";
import { restart } from "./restart.ts";

const isServer = process.argv[2] === "serve";
if (isServer) await restart();
const { run } = (isServer ? compiledCommands() : undefined) ?? (await import("./commands.ts"));
await run();
