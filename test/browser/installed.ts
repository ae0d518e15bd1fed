/** The Chromium of this machine, and how to start it, for tests and benchmarks. */
import { existsSync } from "node:fs";

/** The candidates. The one without windows comes first: the same engine, which opens a page in a third of the time. */
export const chromiumPlaces: readonly string[] = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** The first that is there. */
export const chromiumPath = (): string | undefined => chromiumPlaces.find((path) => existsSync(path));

export const chromiumFlags: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // daybook.test: a host without a certificate, which browsers trust less than loopback; nothing else is reachable
  "--host-resolver-rules=MAP daybook.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];
