/** nginx with TLS and HTTP/2 in front of a server, as operators set it up: with its usual buffers, and a path that it may remove. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../support/server-process.ts";
import type { MatrixServer } from "./servers.ts";

/** A running nginx. */
export interface Nginx {
  /** `https://localhost:1234/audit` */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one in front of a port, with the certificate of a server of the matrix. */
export async function startNginx(
  { socketFolder: certificates }: MatrixServer,
  behind: number,
  path: string,
): Promise<Nginx> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "daybook-nginx-"));
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; pid nginx.pid; error_log stderr;
events {}
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
  server {
    listen 127.0.0.1:${port} ssl http2;
    ssl_certificate ${certificates}/server.crt;
    ssl_certificate_key ${certificates}/server.key;
    location ${path}/ {
      proxy_pass http://127.0.0.1:${behind}/;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
    }
  }
}
`,
  );
  const child = spawn("nginx", ["-p", folder, "-c", "nginx.conf"], { stdio: "ignore" });
  const ended = once(child, "exit");
  while (!(await listens(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `https://localhost:${port}${path}`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
