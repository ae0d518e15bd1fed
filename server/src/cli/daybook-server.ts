/** The command `daybook-server`. A server starts again with more room for garbage before it loads anything else. */
import { restart } from "./restart.ts";

if (process.argv[2] === "serve") await restart();
await import("./commands.ts");
