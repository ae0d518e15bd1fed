/** nginx with TLS and HTTP/2 in front of a server, as operators set it up, and a path that it may remove. */
import { type Nginx, startNginx } from "../support/nginx.ts";
import type { MatrixServer } from "./servers.ts";

/** Starts one in front of a port, with the certificate of a server of the matrix. `url`: `https://localhost:1234/audit` */
export async function startSecureNginx(
  { socketFolder: certificates }: MatrixServer,
  behind: number,
  path: string,
): Promise<Nginx & { readonly url: string }> {
  const nginx = await startNginx({
    listen: "ssl http2",
    directives: `ssl_certificate ${certificates}/server.crt;
    ssl_certificate_key ${certificates}/server.key;
    location ${path}/ {
      proxy_pass http://127.0.0.1:${behind}/;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
    }`,
  });
  return { ...nginx, url: `https://localhost:${nginx.port}${path}` };
}
