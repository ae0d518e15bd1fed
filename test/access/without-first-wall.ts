/** The same services behind HTTP with an access table that allows everything: only the database's row-level security is left. */
import { pino } from "pino";
import { buildApp } from "../../server/src/api/index.ts";
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import type { Headers } from "./credentials.ts";

export interface Open {
  /** A read. */
  call(path: string, headers: Headers): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

/** Opens it. */
export async function withoutFirstWall({ services }: TestServer): Promise<Open> {
  const app = await buildApp({
    ...services,
    access: { ...services.access, mayDo: () => true, demand: () => {} },
    explain: () => undefined,
    logger: pino({ level: "silent" }),
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  const address = app.server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    async call(path, headers) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      return { status: answer.status, text: await answer.text() };
    },
    close: () => app.close(),
  };
}
