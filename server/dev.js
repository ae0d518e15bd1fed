/**
 * `npm run dev`: the server, restarted at each change of the sources, with what it keeps in ./data-dev. The compiler watches TypeScript,
 * this file what browsers load. A fault of types is printed and doesn't stop it.
 */
import { spawn, spawnSync } from "node:child_process";
import { watch } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const run = (...args) => spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
const tsc = "node_modules/typescript/bin/tsc";

/** Whether the last restart asked for has begun. */
let waiting;
let server;
let isStopping = false;

function start() {
  server = run("server/dist/cli/daybook-server.js", "serve", "--data", "data-dev", ...process.argv.slice(2));
  server.once("exit", (code) => {
    if (isStopping) process.exit(code ?? 0);
    if (server.wantsRestart) start();
    // it came to an end of its own, for example by a fault: the next change starts it again
    else server = undefined;
  });
}

/** Restarts once the compiler has been quiet for a moment, for it writes many files. */
function restart() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (server === undefined) return start();
    server.wantsRestart = true;
    server.kill("SIGTERM");
  }, 200);
}

function buildAssets() {
  // a new style sheet has a new name, which the server reads at its start
  if (spawnSync(process.execPath, ["server/build-assets.js"], { cwd: root, stdio: "inherit" }).status === 0)
    restart();
}

for (const script of [[tsc, "-b", "library", "server"], ["server/build-assets.js"], ["server/build-demo.js"]])
  spawnSync(process.execPath, script, { cwd: root, stdio: "inherit" });

const compiler = run(tsc, "-b", "library", "server", "--watch", "--preserveWatchOutput");
for (const folder of ["library/dist", "server/dist"])
  watch(`${root}${folder}`, { recursive: true }, (_, name) => {
    if (name?.endsWith(".js") && !/^(assets|bundle)/.test(name)) restart();
  });
watch(`${root}server/src/web`, { recursive: true }, (_, name) => {
  if (/\.(scss|svg)$|islands/.test(name ?? "")) buildAssets();
});
start();

for (const signal of ["SIGINT", "SIGTERM"])
  process.on(signal, () => {
    isStopping = true;
    compiler.kill();
    if (server === undefined) process.exit(0);
    else server.kill("SIGTERM");
  });
