/**
 * Writes what V8 compiles while a server is loaded. V8 takes it only in a process with the same flags, so build-bundle.js runs this with those of
 * a server. The arguments are the file that a server is loaded from, and the one to write.
 */
import { keepCompiled, loadScript } from "./dist/cli/code-cache.js";

const [path, cachePath] = process.argv.slice(2);
const { script, exports } = loadScript(path);
await exports.loadServer();
keepCompiled(script, path, cachePath);
// what was loaded may wait for something
process.exit();
