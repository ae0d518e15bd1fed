/** Reads the events of a log over HTTP. */
import { operatorToken } from "../test/support/server-process.ts";

/** A log and its server. */
export interface ServedLog {
  readonly url: string;
  readonly connectionString: string;
  /** Its slug. */
  readonly organization: string;
}

/** In SQL: the rows of the organization whose slug is the first parameter. */
export const inOrganization = "organization_id = (SELECT organization_id FROM organization WHERE slug = $1)";

/** Reads what follows `/events` in the address. */
export async function get<T>({ url, organization }: ServedLog, path: string): Promise<T> {
  const answer = await fetch(`${url}/v1/organizations/${organization}/events${path}`, {
    headers: { authorization: `Bearer ${operatorToken}` },
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const wanted = 25;

/** Continues a search until it has 25 events or the log is exhausted; returns the number of requests. */
export async function searchUntilFull(log: ServedLog, query: string): Promise<number> {
  let [requests, found] = [0, 0];
  for (let cursor = ""; ; ) {
    const { events, next } = await get<{ events: unknown[]; next: string | null }>(
      log,
      `?limit=${wanted}&${query}${cursor}`,
    );
    requests++;
    found += events.length;
    if (found >= wanted || !next) return requests;
    cursor = `&cursor=${next}`;
  }
}
